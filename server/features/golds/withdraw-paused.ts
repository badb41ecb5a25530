import { withdrawSown } from '@/server/features/tasks';
import { transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';

/** What was paused for a worker: golds of it that wait for them alone are asked no more. */
export async function withdrawPaused(paused: {
  workerId: string;
  organizationId: string;
  type: string;
}): Promise<void> {
  const { workerId, organizationId, type } = paused;
  await transaction(async (tx) => {
    const waiting = await tx.task.findMany({
      where: { reservedFor: workerId, organizationId, type, completedAt: null },
      select: { id: true },
    });
    await withdrawSown(
      tx,
      waiting.map(({ id }) => id),
    );
  });
  kickOutbox();
}
