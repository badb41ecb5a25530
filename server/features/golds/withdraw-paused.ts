import { withdrawSown } from '@/server/features/tasks';
import { db, type Tx, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { onTestClock } from '@/server/platform/test-clock';

/** Withdraws queued golds and re-votes of the paused type that are reserved for the worker. */
export async function withdrawPaused(paused: {
  workerId: string;
  organizationId: string;
  type: string;
}): Promise<void> {
  const { workerId, organizationId, type } = paused;
  const { mode } = await db.worker.findUniqueOrThrow({
    where: { id: workerId },
    select: { mode: true },
  });
  const withdraw = async (tx: Tx) => {
    const waiting = await tx.task.findMany({
      where: { reservedFor: workerId, organizationId, type, completedAt: null },
      select: { id: true },
    });
    await withdrawSown(
      tx,
      waiting.map(({ id }) => id),
    );
  };
  await onTestClock({ organizationId, mode }, () => transaction(withdraw));
  kickOutbox();
}
