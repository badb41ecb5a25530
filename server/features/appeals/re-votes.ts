import type { Answer } from '@/prisma/generated/client';
import { findAgreement } from '@/server/features/verification';
import type { Tx } from '@/server/platform/db';

/** How many blind re-votes decide an appeal. */
export const RE_VOTES = 2;

/** The state of an appeal's re-votes. */
export interface ReVotes {
  /** Valid answers, in the order they were requested. */
  votes: Pick<Answer, 'id' | 'output'>[];
  /** Re-votes still pending. */
  pendingTaskIds: string[];
  /** All re-votes ever requested. */
  asked: number;
}

/** No re-votes requested. */
export const NO_RE_VOTES: ReVotes = { votes: [], pendingTaskIds: [], asked: 0 };

/** Ignores answers from the appealing worker's device, and second answers from the same device. */
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

/** Counts the valid re-votes that agree with the answer. */
export async function countAgreeing(
  outputSchema: object,
  output: unknown,
  { votes }: ReVotes,
): Promise<number> {
  return (await findAgreement(outputSchema, output, votes)).size;
}
