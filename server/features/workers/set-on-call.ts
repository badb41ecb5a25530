import type { WorkerActor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import type { SetOnCall } from './schema';
import { tellPages } from './tell-pages';

/**
 * Sets whether routing prefers this worker over those who are not on call. Only has an effect while
 * online; going offline keeps the setting.
 * @throws NotFound
 */
export async function setOnCall(
  actor: WorkerActor,
  { onCall }: SetOnCall,
): Promise<{ onCall: boolean }> {
  await transaction(async (tx) => {
    const { count } = await tx.worker.updateMany({
      where: { id: actor.workerId, mode: actor.mode },
      data: { onCall },
    });
    if (count === 0) throw new NotFound('worker');
    await tellPages(tx, [{ id: actor.workerId, mode: actor.mode }]);
  });
  kickOutbox();
  return { onCall };
}
