import type { Answer } from '@/prisma/generated/client';
import type { JudgedOutcome } from '@/server/features/tasks';
import { decideAlike, labelOf } from './consensus/fields';
import type { TaskContext } from './load-context';
import type { Json, Judgement } from './stage';

/** What a verified output says of the agent's guess, and of how far its voters agreed. */
export function outcomeOf(
  { row, facts }: Pick<TaskContext, 'row' | 'facts'>,
  judgement: Pick<Judgement, 'output'>,
  accepted: readonly Pick<Answer, 'output'>[],
): JudgedOutcome {
  const guess = row.agentGuess as { output?: Json } | null;
  const { output } = judgement;
  const labels = accepted.flatMap(
    (answer) => labelOf(facts.outputSchema, answer.output as Json) ?? [],
  );
  return {
    guessRight:
      guess?.output === undefined || output === undefined
        ? null
        : decideAlike(facts.outputSchema, guess.output, output),
    voteLabels: labels.length > 1 ? labels : [],
  };
}
