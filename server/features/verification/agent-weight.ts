/** From when on an agent's guess weighs beside people's votes. */
import { facetsOf } from './consensus/facets';
import { decisiveFields, fieldsOf } from './consensus/fields';
import { tallyOf } from './consensus/label-vote';
import type { Evidence, JsonObject } from './stage';

/** Labelled tasks that an agent has answered at this confidence before its guess weighs anything. */
export const AGENT_WEIGHS_FROM = 20;

/** Labelled tasks on which the agent's guess said something, in the deciding field that has the fewest. */
export function agentLabelled(schema: JsonObject, agentId: string, evidence: Evidence): number {
  const fields = decisiveFields(fieldsOf(schema));
  const asked = fields.filter(({ optional, nullable }) => !optional && !nullable);
  const facets = (asked.length > 0 ? asked : fields).flatMap((field) => {
    const { presence, value } = facetsOf(field);
    return presence ? [presence] : value;
  });
  if (facets.length === 0) return 0;
  return Math.min(...facets.map(({ key }) => tallyOf(evidence[key], agentId).total));
}
