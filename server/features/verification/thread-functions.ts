/** Functions that run in a thread, because they can take long. Large values are passed as JSON texts. */
import type { JudgedOutcome } from '@/server/features/tasks';
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
import { remembered } from './consensus/remembered';
import { judge } from './judge';
import { judgeInOrder, type LoadedRound } from './judge-in-order';
import { type SaidIn, saidReader } from './lately';
import type { Json, JsonObject, Judgement, OutputCheck } from './stage';

/** A task's answers with serialized outputs: first the pending ones, then the accepted ones in order. */
export interface GivenRound {
  round: LoadedRound;
  schemaText: string;
  outputTexts: readonly string[];
}

/** Judges the answers of several tasks, each independently; they may share data. */
export function judgeTexts(given: readonly GivenRound[]) {
  const forms = new Map<string, Form>();
  return given.map(({ round: bare, schemaText, outputTexts }) => {
    const form = forms.get(schemaText) ?? formOf(schemaText, bare.task.outputSchema);
    forms.set(schemaText, form);
    const round = withOutputs(bare, outputTexts.map(form.outputOf));
    const { saidIn, validateOutput } = form;
    const judgements = judgeInOrder(round, saidIn, (ctx) => judge({ ...ctx, validateOutput }));
    const outcome = judgedOutcome(round, judgements);
    return { judgements, ...(outcome ? { outcome } : {}) };
  });
}

/** One schema's answers: equal texts are parsed and validated once. */
interface Form {
  saidIn: SaidIn;
  outputOf: (text: string) => Json;
  validateOutput: (output: unknown) => OutputCheck;
}

function formOf(schemaText: string, outputSchema: JsonObject): Form {
  const validate = compileOutputValidator(JSON.parse(schemaText) as JsonObject);
  return {
    saidIn: saidReader(outputSchema),
    outputOf: remembered((text: string) => JSON.parse(text) as Json),
    validateOutput: remembered(validate as (output: unknown) => OutputCheck),
  };
}

/** @param outputs of the pending answers, then of the accepted ones. */
function withOutputs(round: LoadedRound, outputs: readonly Json[]): LoadedRound {
  const { pending, accepted } = round;
  return {
    ...round,
    pending: pending.map((each, n) => ({
      ...each,
      answer: { ...each.answer, output: outputs[n] ?? null },
    })),
    accepted: accepted.map((peer, n) => ({
      ...peer,
      output: outputs[pending.length + n] ?? null,
    })),
  };
}

/** A verified output's result for the agent's guess, and its voters' agreement; otherwise undefined. */
function judgedOutcome(
  { task, pending, accepted, guess }: LoadedRound,
  judgements: readonly Judgement[],
): JudgedOutcome | undefined {
  const { outcome, output } = judgements.findLast((each) => each.outcome !== 'reject') ?? {};
  if (outcome !== 'verified') return undefined;
  const given = pending.filter((_, n) => judgements[n] && judgements[n].outcome !== 'reject');
  const votes = [...accepted, ...given.map(({ answer }) => answer)];
  const labels = votes.flatMap((vote) => labelOf(task.outputSchema, vote.output) ?? []);
  const guessRight =
    guess === undefined || output === undefined
      ? null
      : decideAlike(task.outputSchema, guess.output, output);
  return { guessRight, voteLabels: labels.length > 1 ? labels : [] };
}

/** For each of the other answers, whether it agrees in the deciding fields. */
export function compareTexts(
  schemaText: string,
  oneText: string,
  otherTexts: readonly string[],
): boolean[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  const one = JSON.parse(oneText) as Json;
  return otherTexts.map((text) => decideAlike(schema, JSON.parse(text) as Json, one));
}

/** The evidence from a labelled task about its workers; see `labelledFacets`. */
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
  // A guess only contributed to the earlier confidence if it had weight in it.
  const weighed = agentLabelled(schema, agent.workerId, options.evidence) >= AGENT_WEIGHS_FROM;
  const people = labelledFacets(schema, weighed ? [...votes, agent] : votes, truth, options);
  const own = labelledFacets(schema, [agent], truth, options);
  return withAgent(people, own, agent.workerId);
}

/** The guess as a ballot; null if the schema does not accept it. */
function agentBallot(
  schema: JsonObject,
  schemaText: string,
  guess: { workerId: string; output: Json },
): Ballot | null {
  const validate = compileOutputValidator(JSON.parse(schemaText) as JsonObject);
  const isAnswer = validate(guess.output).ok && fieldsOf(schema).length > 0;
  return isAnswer ? { ...guess, isAgent: true } : null;
}

/**
 * Counts an agent's cells once, each as one labelled task, because their number determines when it
 * gets weight.
 */
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

/** Each plan's expected outcome; see `expectedOutcome`. */
export function expectTexts(
  schemaText: string,
  plans: readonly OutcomePlan[],
  options: FieldVoteOptions,
): (ExpectedOutcome | null)[] {
  const schema = normaliseSchema(JSON.parse(schemaText) as JsonObject) as JsonObject;
  const fields = fieldsOf(schema);
  return plans.map((plan) => expectedOutcome(fields, plan, options.evidence, options.policy));
}
