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
 * Says whether the worker wants tasks now. Coming online tells routing, which looks for waiting
 * tasks; saying it twice changes nothing. Assignments already held are kept either way.
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

/** Tells routing that these workers can take tasks from now on. */
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
 * The worker's page is open. A worker of whom nothing is heard for 90 seconds is taken offline.
 * @returns whether the worker counts as online; a page that thinks otherwise says so to its user.
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
