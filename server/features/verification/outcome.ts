import type { Answer } from '@/prisma/generated/client';
import type { JudgedOutcome } from '@/server/features/tasks';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { TaskContext } from './load-context';
import type { Judgement } from './stage';
import type { compareTexts, labelTexts } from './thread-functions';

const LIMIT = { limitMs: 5_000 };
const compareThere = threadCall<typeof compareTexts>('verification/compare', LIMIT);
const labelThere = threadCall<typeof labelTexts>('verification/label', LIMIT);

// Statistics of an answer that is too costly to read are left out.
const compare = (...args: Parameters<typeof compareTexts>) =>
  unlessTooCostly(compareThere(...args), () => []);
const label = (...args: Parameters<typeof labelTexts>) =>
  unlessTooCostly(labelThere(...args), () => []);

/** The ids of those answers that say what `output` says, where it counts. */
export async function findAgreement(
  outputSchema: object,
  output: unknown,
  answers: readonly Pick<Answer, 'id' | 'output'>[],
): Promise<Set<string>> {
  const agrees = await compare(
    JSON.stringify(outputSchema),
    JSON.stringify(output),
    answers.map((answer) => JSON.stringify(answer.output)),
  );
  return new Set(answers.flatMap(({ id }, i) => (agrees[i] ? [id] : [])));
}

/** What a verified output says of the agent's guess, and of how far its voters agreed. */
export async function outcomeOf(
  { row }: Pick<TaskContext, 'row'>,
  { output }: Pick<Judgement, 'output'>,
  accepted: readonly Pick<Answer, 'output'>[],
): Promise<JudgedOutcome> {
  const guess = row.agentGuess as { output?: unknown } | null;
  const schemaText = JSON.stringify(row.outputSchema);
  const votes = accepted.map((answer) => JSON.stringify(answer.output));
  const voteLabels = accepted.length > 1 ? await label(schemaText, votes) : [];
  const guessed = guess?.output === undefined ? null : JSON.stringify(guess.output);
  const [guessRight = null] =
    guessed === null || output === undefined
      ? []
      : await compare(schemaText, JSON.stringify(output), [guessed]);
  return { guessRight, voteLabels: voteLabels.length > 1 ? voteLabels : [] };
}
