/** What runs in a thread, since it can take long. Large values come as JSON texts. */
import { normaliseSchema } from '@/server/platform/json-schema/normalise-schema';
import { compileOutputValidator } from '@/server/platform/json-schema/output-validator';
import {
  type ExpectedOutcome,
  expectedOutcome,
  type OutcomePlan,
} from './consensus/expected-outcome';
import type { FieldVoteOptions } from './consensus/field-vote';
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
): LabelledFacet[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  return labelledFacets(
    schema,
    ballots.map(({ workerId, outputText }) => ({ workerId, output: JSON.parse(outputText) })),
    { output: JSON.parse(known.outputText), partial: known.partial },
    options,
  );
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
