/** What runs in a thread, since it can take long. Large values come as JSON texts. */
import { normaliseSchema } from '@/server/platform/json-schema/normalise-schema';
import { compileOutputValidator } from '@/server/platform/json-schema/output-validator';
import { AGENT_WEIGHS_FROM, agentLabelled } from './agent-weight';
import {
  type ExpectedOutcome,
  expectedOutcome,
  type OutcomePlan,
} from './consensus/expected-outcome';
import type { Ballot, FieldVoteOptions } from './consensus/field-vote';
import { decideAlike, fieldsOf, labelOf } from './consensus/fields';
import { type LabelledFacet, labelledFacets } from './consensus/labelled-facets';
import { judge } from './judge';
import type { Json, JsonObject, Judgement, LoadedContext, OutputCheck } from './stage';

/** @param outputTexts of the answer, then of its peers in their order. */
export function judgeTexts(
  ctx: LoadedContext,
  schemaText: string,
  outputTexts: readonly string[],
): Judgement {
  const validate = compileOutputValidator(JSON.parse(schemaText) as JsonObject);
  const [own = null, ...others] = outputTexts.map((text) => JSON.parse(text) as Json);
  return judge({
    ...ctx,
    answer: { ...ctx.answer, output: own },
    peers: ctx.peers.map((peer, i) => ({ ...peer, output: others[i] ?? null })),
    validateOutput: validate as (output: unknown) => OutputCheck,
  });
}

/** For each of the other answers: whether it says the same where it counts. */
export function compareTexts(
  schemaText: string,
  oneText: string,
  otherTexts: readonly string[],
): boolean[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  const one = JSON.parse(oneText) as Json;
  return otherTexts.map((text) => decideAlike(schema, JSON.parse(text) as Json, one));
}

/** The labels of answers that have one. */
export function labelTexts(schemaText: string, outputTexts: readonly string[]): string[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  return outputTexts.flatMap((text) => labelOf(schema, JSON.parse(text) as Json) ?? []);
}

/** What the answer that became known teaches of those who answered; see `labelledFacets`. */
export function labelAnswerTexts(
  schemaText: string,
  ballots: readonly { workerId: string; outputText: string }[],
  known: { outputText: string; partial: boolean },
  options: FieldVoteOptions,
  guess: { workerId: string; outputText: string } | null,
): LabelledFacet[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  const read = ({ workerId, outputText }: { workerId: string; outputText: string }) => ({
    workerId,
    output: JSON.parse(outputText) as Json,
  });
  const truth = { output: JSON.parse(known.outputText), partial: known.partial };
  const votes = ballots.map(read);
  const agent = guess && agentBallot(schema, schemaText, read(guess));
  if (!agent) return labelledFacets(schema, votes, truth, options);
  // Of the confidence there was, only a guess that weighed in it was a part.
  const weighed = agentLabelled(schema, agent.workerId, options.evidence) >= AGENT_WEIGHS_FROM;
  const people = labelledFacets(schema, weighed ? [...votes, agent] : votes, truth, options);
  const own = labelledFacets(schema, [agent], truth, options);
  return withAgent(people, own, agent.workerId);
}

/** The guess as a ballot; null where it is no answer that the schema takes. */
function agentBallot(
  schema: JsonObject,
  schemaText: string,
  guess: { workerId: string; output: Json },
): Ballot | null {
  const validate = compileOutputValidator(JSON.parse(schemaText) as JsonObject);
  const isAnswer = validate(guess.output).ok && fieldsOf(schema).length > 0;
  return isAnswer ? { ...guess, isAgent: true } : null;
}

/** Counts an agent's cells once, each as one labelled task: the number of them is what lets it weigh. */
function withAgent(
  people: readonly LabelledFacet[],
  own: readonly LabelledFacet[],
  agentId: string,
): LabelledFacet[] {
  const byKey = new Map(
    people.map((facet) => [
      facet.key,
      { ...facet, cells: facet.cells.filter(({ workerId }) => workerId !== agentId) },
    ]),
  );
  for (const { key, cells } of own) {
    const facet = byKey.get(key) ?? { key, cells: [], calibrates: null, stated: null };
    const counted = cells.map((cell) => ({ ...cell, weight: 1 }));
    byKey.set(key, { ...facet, cells: [...facet.cells, ...counted] });
  }
  return [...byKey.values()];
}

/** What each plan is expected to come to; see `expectedOutcome`. */
export function expectTexts(
  schemaText: string,
  plans: readonly OutcomePlan[],
  options: FieldVoteOptions,
): (ExpectedOutcome | null)[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  const fields = fieldsOf(schema);
  return plans.map((plan) => expectedOutcome(fields, plan, options.evidence, options.policy));
}
