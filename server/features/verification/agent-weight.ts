/** When and how much an agent's guess weighs among people's votes. */

import type { Evidence, FacetEvidence } from './consensus/evidence-facts';
import { type Facet, facetsOf } from './consensus/facets';
import { decisiveFields, fieldsOf } from './consensus/fields';
import { accuracyOf, poolAccuracyOf } from './consensus/gold-naive-bayes';
import { shrunkVariance } from './consensus/numbers';
import { tallyOf } from './consensus/tally';
import type { JsonObject } from './stage';

/** Labelled tasks an agent must have answered at this confidence before its guess weighs anything. */
export const AGENT_WEIGHS_FROM = 20;

/** Bounds accuracies, so that an error is never impossible. */
const ACCURACY_MAX = 0.995;

/** Labelled tasks on which the agent's guess counted, in the deciding field with the fewest. */
export function agentLabelled(schema: JsonObject, agentId: string, evidence: Evidence): number {
  const facets = askedFacets(schema);
  if (facets.length === 0) return 0;
  return Math.min(...facets.map(({ key }) => tallyOf(evidence[key], agentId).total));
}

function askedFacets(schema: JsonObject): Facet[] {
  const fields = decisiveFields(fieldsOf(schema));
  const asked = fields.filter(({ optional, nullable }) => !optional && !nullable);
  return (asked.length > 0 ? asked : fields).flatMap((field) => {
    const { presence, value } = facetsOf(field);
    return presence ? [presence] : [...value];
  });
}

/**
 * The number of average workers' votes that its guess is worth, averaged over the deciding fields:
 * the ratio of the log likelihood gains of their statements or, for numbers, of their precisions. 0
 * for an agent no better than chance.
 * @param openLabels The assumed number of values of an open field.
 */
export function agentVotesWorth(
  schema: JsonObject,
  agentId: string,
  evidence: Evidence,
  openLabels: number,
): number {
  const worth = askedFacets(schema).map((facet) => {
    const known = evidence[facet.key];
    if (facet.kind === 'number') return known ? precisionOf(known, agentId) : 1;
    const k = facet.kind === 'labels' ? Math.max(2, facet.labels.length) : openLabels;
    const pool = poolAccuracyOf(known?.pool ?? { right: 0, total: 0 }, k);
    const own = accuracyOf(tallyOf(known, agentId), pool);
    const told = (p: number) =>
      Math.log((Math.min(ACCURACY_MAX, p) * (k - 1)) / (1 - Math.min(ACCURACY_MAX, p)));
    return Math.max(0, told(own)) / told(pool);
  });
  return worth.reduce((sum, each) => sum + each, 0) / Math.max(1, worth.length);
}

function precisionOf({ pool, voters }: FacetEvidence, agentId: string): number {
  const errors = { squaredError: 0, total: 0 };
  for (const { weight, squaredError } of voters[agentId] ?? []) {
    errors.total += weight;
    errors.squaredError += squaredError;
  }
  const average = pool.total > 0 ? pool.squaredError / pool.total : 0;
  return average > 0 ? average / shrunkVariance(errors, average) : 1;
}
