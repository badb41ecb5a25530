/** The evidence for judging a replayed task. */

import type { Evidence, FacetEvidence } from '../consensus/evidence-facts';
import { fieldsOf } from '../consensus/fields';
import { valueAt } from '../consensus/json-value';
import { saidOf } from '../learn-type';
import type { Json, JsonObject } from '../stage';
import type { Settings } from './settings';
import type { StoredTask } from './stored-votes';

/** Upper limit of the evidence that other golds would have produced, as a multiple of the existing one. */
const GOLD_SCALE_MAX = 4;

/** Evidence by another method, or with a different number of golds. */
export function scaledEvidence(
  evidence: Evidence,
  settings: Settings,
  current: Settings,
): Evidence {
  if (settings.method === 'majority') return {};
  const scale =
    current.goldRate > 0
      ? Math.min(GOLD_SCALE_MAX, settings.goldRate / current.goldRate)
      : Number(settings.goldRate === current.goldRate);
  const entries = Object.entries(evidence).map(([facet, known]) => {
    const { models, ...rest } = known;
    const kept: FacetEvidence = settings.method === 'current' && models ? known : rest;
    return [facet, scale === 1 ? kept : scaled(kept, scale)] as const;
  });
  return Object.fromEntries(entries);
}

function scaled(known: FacetEvidence, scale: number): FacetEvidence {
  const { pool, voters } = known;
  return {
    ...known,
    pool: {
      total: pool.total * scale,
      right: pool.right * scale,
      squaredError: pool.squaredError * scale,
    },
    voters: Object.fromEntries(
      Object.entries(voters).map(([worker, cells]) => [
        worker,
        cells.map((cell) => ({
          ...cell,
          weight: cell.weight * scale,
          squaredError: cell.squaredError * scale,
        })),
      ]),
    ),
  };
}

/** A labelled task is not evidence for itself: its own votes are subtracted. */
export function withoutOwn(
  evidence: Evidence,
  ballots: readonly { workerId: string; output: Json }[],
  schema: JsonObject,
  { facets, truths, weight }: NonNullable<StoredTask['own']>,
): Evidence {
  const said = saidOn(schema, ballots);
  const changed = facets.flatMap((facet, i) => {
    const known = evidence[facet];
    const votes = said.get(facet);
    if (!known || !votes) return [];
    const voters = { ...known.voters };
    for (const { workerId, label } of votes) {
      voters[workerId] = (voters[workerId] ?? []).map((cell) =>
        cell.truth === truths[i] && cell.said === label
          ? { ...cell, weight: Math.max(0, cell.weight - weight) }
          : cell,
      );
    }
    return [[facet, { ...known, voters }] as const];
  });
  return { ...evidence, ...Object.fromEntries(changed) };
}

/** By facet, the index of each ballot's value. */
function saidOn(schema: JsonObject, ballots: readonly { workerId: string; output: Json }[]) {
  const said = new Map<string, { workerId: string; label: number }[]>();
  for (const field of fieldsOf(schema)) {
    for (const { workerId, output } of ballots) {
      for (const { key, labels, label } of saidOf(field, valueAt(output, field.path))) {
        const votes = said.get(key) ?? [];
        votes.push({ workerId, label: labels.indexOf(label) });
        said.set(key, votes);
      }
    }
  }
  return said;
}
