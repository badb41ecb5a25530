import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';
import { mayBePaid } from './may-be-paid';

/**
 * Writes down what is owed for accepted answers, in the transaction that charges the task, and has
 * it sent after the commit. One payout an answer, however often this is called. Payouts of workers
 * who withdraw by themselves, or whose address is not confirmed, are held; the caller sees to it that the task does not wait for them.
 * @returns how many of the new payouts are held.
 * @throws Error where an answer's worker does not exist.
 */
export async function createPayouts(
  tx: Tx,
  input: {
    task: { id: string; mode: Mode; organizationId: string };
    answers: readonly { answerId: string; workerId: string; amountSats: bigint }[];
  },
): Promise<{ held: number }> {
  const { task, answers } = input;
  const workers = await tx.worker.findMany({
    where: { id: { in: answers.map((answer) => answer.workerId) } },
    select: {
      id: true,
      payoutRail: true,
      payoutDestination: true,
      payoutTiming: true,
      user: { select: { emailConfirmedAt: true } },
    },
  });
  const workerById = new Map(workers.map((worker) => [worker.id, worker]));
  const now = clock.now();
  const created = await tx.payout.createManyAndReturn({
    data: answers.map(({ answerId, workerId, amountSats }) => {
      const worker = workerById.get(workerId);
      if (!worker)
        throw new Error(`Answer ${answerId} is by worker ${workerId}, who is not there.`);
      const held = worker.payoutTiming === 'on_withdrawal' || !mayBePaid(worker);
      return {
        id: newId(),
        mode: task.mode,
        organizationId: task.organizationId,
        taskId: task.id,
        workerId,
        answerId,
        amountSats,
        rail: worker.payoutRail,
        destination: worker.payoutDestination,
        status: held ? ('held' as const) : ('pending' as const),
        createdAt: now,
        nextAttemptAt: held ? null : now,
      };
    }),
    skipDuplicates: true,
    select: { id: true, status: true },
  });
  const due = created.filter(({ status }) => status === 'pending');
  await enqueue(
    tx,
    due.map(({ id }) => ({ topic: 'payout.created', key: id, data: { payoutId: id } })),
  );
  return { held: created.length - due.length };
}
