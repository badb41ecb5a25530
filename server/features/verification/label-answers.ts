/** The evidence from a newly labelled task about its workers. */
import type { Answer } from '@/prisma/generated/client';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { type AgentGuess, guessOf } from './agent-voter';
import type { FieldVoteOptions } from './consensus/field-vote';
import type { KnownAnswer, LabelledFacet } from './consensus/labelled-facets';
import { loadEvidence } from './evidence';
import type { TaskContext } from './load-context';
import { isGoldAnswered } from './record-gold';
import type { Judgement } from './stage';
import type { labelAnswerTexts } from './thread-functions';

const labelThere = threadCall<typeof labelAnswerTexts>('verification/label-answers', {
  limitMs: 5_000,
});

/** What to count, given the current evidence; nothing for answers that are too expensive to parse. */
export async function labelAnswers(
  task: Pick<TaskContext, 'row' | 'scope' | 'crowd' | 'policy'>,
  answers: readonly Pick<Answer, 'workerId' | 'output'>[],
  known: KnownAnswer,
): Promise<LabelledFacet[]> {
  const guess = guessOf(task.row);
  const workers = answers.map(({ workerId }) => workerId);
  const voters = guess ? [...workers, guess.workerId] : workers;
  const evidence = await loadEvidence(task.scope, voters, task.crowd.classPriors);
  const options = { evidence, policy: task.policy.consensus };
  return labelBallots(task.row.outputSchema as object, answers, known, options, guess);
}

/** Same, for answers without a task. */
export async function labelBallots(
  schema: object,
  answers: readonly { workerId: string; output: unknown }[],
  known: { output: unknown; partial: boolean },
  options: FieldVoteOptions,
  guess: AgentGuess | null = null,
): Promise<LabelledFacet[]> {
  const ballots = answers.map(({ workerId, output }) => ({
    workerId,
    outputText: JSON.stringify(output),
  }));
  const { partial } = known;
  const truth = { outputText: JSON.stringify(known.output), partial };
  const guessed = guess && { ...guess, outputText: JSON.stringify(guess.output) };
  const work = labelThere(JSON.stringify(schema), ballots, truth, options, guessed);
  return unlessTooCostly(work, () => []);
}

/**
 * The evidence from a judgement: of an answer to a gold, and of all votes if a reviewer gave the
 * right answer. Counted only by this judgement, because afterwards neither the task nor the answer
 * is waiting for one.
 */
export async function labelJudged(
  task: TaskContext,
  judged: readonly { answer: Answer; judgement: Judgement }[],
  accepted: readonly Answer[],
): Promise<LabelledFacet[]> {
  const golds = judged.filter((each) => isGoldAnswered(task, each)).map(({ answer }) => answer);
  const expected = task.facts.goldExpected;
  if (expected !== undefined) {
    if (task.withdrawn) return [];
    return labelAnswers(task, golds, { output: expected, partial: true });
  }
  const { outcome, output } = judged.at(-1)?.judgement ?? {};
  if (!task.review || outcome !== 'verified' || output === undefined) return [];
  return labelAnswers(task, accepted, { output, partial: false });
}
