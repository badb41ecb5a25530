import type { WorkerActor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { type SavePreferences, WorkerPreferences } from './schema';
import { tellPages } from './tell-pages';

/** Stored preferences with defaults for missing and invalid fields. */
function read(stored: unknown): WorkerPreferences {
  const known = WorkerPreferences.safeParse(stored);
  if (known.success) return known.data;
  const faulty = new Set(known.error.issues.map((issue) => issue.path[0]));
  const kept = Object.entries((stored ?? {}) as object).filter(
    ([field]) => field in WorkerPreferences.shape && !faulty.has(field),
  );
  return WorkerPreferences.parse(Object.fromEntries(kept));
}

/**
 * The worker's preferences in the worker app.
 * @throws NotFound
 */
export async function getPreferences(actor: WorkerActor): Promise<WorkerPreferences> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    select: { preferences: true },
  });
  if (!worker) throw new NotFound('worker');
  return read(worker.preferences);
}

/**
 * Changes the given preferences and keeps the others, also with concurrent saves. Notifies the
 * worker's other pages.
 * @throws NotFound
 */
export async function savePreferences(
  actor: WorkerActor,
  changes: SavePreferences,
): Promise<WorkerPreferences> {
  const { workerId, mode } = actor;
  const saved = await transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ preferences: unknown }[]>`
      UPDATE workers SET preferences = preferences || ${JSON.stringify(changes)}::jsonb
       WHERE id = ${workerId}::uuid AND mode = ${mode}::mode
      RETURNING preferences`;
    if (!row) throw new NotFound('worker');
    await tellPages(tx, [{ id: workerId, mode }]);
    return row.preferences;
  });
  kickOutbox();
  return read(saved);
}
