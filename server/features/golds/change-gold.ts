import type { Gold } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { assertManagesTaskTypes } from '@/server/features/task-types';
import { withdrawGolds } from '@/server/features/tasks';
import { withdrawGold } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { visibleTo } from './access';
import { ChangeGold } from './schema';

/**
 * Retires a gold or brings it back, and chooses between quiz and queue. What waits of it in workers'
 * queues is taken away, unless somebody is at work on it. Who brings back a gold that retired itself vouches
 * for it: its answers count again, and its health begins anew.
 * @throws NotFound, Forbidden
 */
export async function changeGold(actor: Actor, input: ChangeGold): Promise<void> {
  const manager = assertManagesTaskTypes(actor);
  const { id, quiz, retired } = ChangeGold.parse(input);
  await transaction(async (tx) => {
    const gold = await tx.gold.findFirst({ where: { ...visibleTo(manager), id } });
    if (!gold) throw new NotFound('gold', id);
    await tx.gold.update({
      where: { id },
      data: {
        ...(quiz === undefined ? {} : { quiz }),
        ...(retired === undefined ? {} : retirement(gold, retired)),
      },
    });
    if (retired === false) await withdrawGold(tx, gold, false);
    if (retired || quiz) await withdrawGolds(tx, await findWaiting(tx, id));
    await audit(tx, manager, 'gold.changed', `gold:${id}`, {
      ...(quiz === undefined ? {} : { quiz }),
      ...(retired === undefined ? {} : { retired }),
    });
  });
  kickOutbox();
}

function retirement({ retiredAt, retiredFor, vouchedAt }: Gold, retired: boolean) {
  if (retired) return { retiredAt: retiredAt ?? clock.now() };
  return {
    retiredAt: null,
    retiredFor: null,
    vouchedAt: retiredFor === null ? vouchedAt : clock.now(),
  };
}

/** The tasks by which workers are asked a gold, and that have not ended. */
export async function findWaiting(tx: Tx, goldId: string): Promise<string[]> {
  const rows = await tx.task.findMany({
    where: { goldId, completedAt: null },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
