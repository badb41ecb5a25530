import type { Mode, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { NotVetted, WorkerPaused } from './errors';
import { hintOnline } from './online-hint';
import type { SetOnline } from './schema';
import { tellPages } from './tell-pages';

/**
 * Sets whether the worker wants tasks now. Coming online triggers routing of waiting tasks;
 * idempotent. Existing assignments are kept either way.
 * @throws NotFound, WorkerPaused 409, NotVetted 409
 */
export async function setOnline(
  actor: WorkerActor,
  { online }: SetOnline,
): Promise<{ online: boolean }> {
  const { workerId: id, mode } = actor;
  await transaction(async (tx) => {
    const now = clock.now();
    const { count } = await tx.worker.updateMany({
      where: { id, mode, online: !online, ...(online ? { status: 'active' } : {}) },
      data: { online, lastSeenAt: now },
    });
    if (count > 0) {
      if (online) await announceOnline(tx, [{ id, mode }]);
      await tellPages(tx, [{ id, mode }]);
      return;
    }
    const worker = await tx.worker.findFirst({ where: { id, mode } });
    if (!worker) throw new NotFound('worker');
    if (online && worker.vetting !== 'approved') throw new NotVetted(worker.vetting);
    if (online && worker.status !== 'active') throw new WorkerPaused();
  });
  if (online) hintOnline([id]);
  else kickOutbox();
  return { online };
}

/** Notifies routing that these workers can take tasks now. */
export async function announceOnline(
  tx: Tx,
  workers: readonly { id: string; mode: Mode }[],
): Promise<void> {
  const nowMs = clock.nowMs();
  await enqueue(
    tx,
    workers.map(({ id, mode }) => ({
      topic: 'worker.online',
      key: `worker.online:${id}:${nowMs}`,
      data: { workerId: id, mode },
    })),
  );
}

/**
 * Records that the worker's page is open. Workers without a heartbeat for 90 seconds are marked
 * offline.
 * @returns whether the worker is online; a page that disagrees informs its user.
 */
export async function heartbeat(actor: WorkerActor): Promise<{ online: boolean }> {
  const [worker] = await db.worker.updateManyAndReturn({
    where: { id: actor.workerId, mode: actor.mode },
    data: { lastSeenAt: clock.now() },
    select: { online: true },
  });
  if (!worker) throw new NotFound('worker');
  return { online: worker.online };
}
