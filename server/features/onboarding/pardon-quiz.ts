import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import type { PardonQuiz } from './schema';

/**
 * Lets an operator reset a worker's failed attempts at a skill, so that the worker can retry at
 * once.
 * @throws Forbidden, NotFound
 */
export async function pardonQuiz(
  actor: Actor,
  { workerId, skill }: PardonQuiz,
): Promise<{ pardoned: number }> {
  if (actor.kind !== 'operator') {
    throw new Forbidden('not_allowed', 'Only operators can manage workers.');
  }
  return transaction(async (tx) => {
    const worker = await tx.worker.findFirst({ where: { id: workerId, mode: actor.mode } });
    if (!worker) throw new NotFound('worker', workerId);
    const { count } = await tx.quiz.updateMany({
      where: { workerId, skill, status: 'failed', pardonedAt: null },
      data: { pardonedAt: clock.now() },
    });
    if (count > 0) {
      await audit(tx, actor, 'worker.quiz_pardoned', `worker:${workerId}`, { skill, tries: count });
    }
    return { pardoned: count };
  });
}
