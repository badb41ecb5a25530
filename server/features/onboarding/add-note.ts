import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import type { AddNote } from './schema';

/**
 * Adds an operator's note about a worker, visible to operators only.
 * @throws Forbidden, NotFound
 */
export async function addNote(actor: Actor, { workerId, text }: AddNote): Promise<void> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can manage workers.');
  }
  if ((await db.worker.count({ where: { id: workerId, mode: actor.mode } })) === 0) {
    throw new NotFound('worker', workerId);
  }
  await db.workerNote.create({
    data: { id: newId(), workerId, text, createdBy: actorLabel(actor), createdAt: clock.now() },
  });
}
