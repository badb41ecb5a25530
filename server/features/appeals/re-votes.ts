import type { Answer } from '@/prisma/generated/client';
import { findAgreement } from '@/server/features/verification';
import type { Tx } from '@/server/platform/db';

/** How many blind re-votes decide an appeal. */
export const RE_VOTES = 2;

/** How far the re-votes on an appeal have come. */
export interface ReVotes {
  /** Answers that count, in the order they were asked for. */
  votes: Pick<Answer, 'id' | 'output'>[];
  /** Re-votes that may still come. */
  pendingTaskIds: string[];
  /** All that were ever asked for. */
  asked: number;
}

/** Where none were asked for. */
export const NO_RE_VOTES: ReVotes = { votes: [], pendingTaskIds: [], asked: 0 };

/** An answer of the appeal's own device counts for nothing, nor does a second one of another's. */
export async function readReVotes(
  tx: Pick<Tx, 'task' | 'answer'>,
  { id, answerId }: { id: string; answerId: string },
): Promise<ReVotes> {
  const tasks = await tx.task.findMany({
    where: { appealId: id },
    orderBy: { id: 'asc' },
    select: {
      id: true,
      status: true,
      completedAt: true,
      answers: { where: { status: 'accepted' }, orderBy: { id: 'asc' } },
    },
  });
  const own = await tx.answer.findUniqueOrThrow({ where: { id: answerId } });
  const devices = new Set([own.deviceHash]);
  const votes = tasks.flatMap(({ status, answers: [answer] }) => {
    if (status !== 'verified' || !answer) return [];
    if (answer.deviceHash !== null && devices.has(answer.deviceHash)) return [];
    devices.add(answer.deviceHash);
    return [{ id: answer.id, output: answer.output }];
  });
  return {
    votes: votes.slice(0, RE_VOTES),
    pendingTaskIds: tasks.filter(({ completedAt }) => completedAt === null).map((each) => each.id),
    asked: tasks.length,
  };
}

/** How many of the re-votes say what the answer says, where it counts. */
export async function countAgreeing(
  outputSchema: object,
  output: unknown,
  { votes }: ReVotes,
): Promise<number> {
  return (await findAgreement(outputSchema, output, votes)).size;
}
