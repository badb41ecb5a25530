import type { Gold } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { assertManagesTaskTypes } from '@/server/features/task-types';
import { withdrawSown } from '@/server/features/tasks';
import { withdrawGold } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { kickOutbox } from '@/server/platform/outbox';
import { visibleTo } from './access';
import { findWaiting } from './retire-gold';
import { ChangeGold } from './schema';

/**
 * Retires or restores a gold, and assigns it to quiz or queue. Its queued tasks are withdrawn
 * unless somebody has started them. Restoring a gold that retired itself vouches for it: its
 * answers count again, and its health is measured from then on.
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
    if (retired || quiz) await withdrawSown(tx, await findWaiting(tx, id));
    await audit(tx, manager, 'gold.changed', `gold:${id}`, {
      ...(quiz === undefined ? {} : { quiz }),
      ...(retired === undefined ? {} : { retired }),
    });
  });
  kickOutbox();
}

/** The column values of a retired gold, or of one that was restored and vouched for. */
export function retirement(
  { retiredAt, retiredFor, withdrawn, vouchedAt }: Gold,
  retired: boolean,
) {
  if (retired) return { retiredAt: retiredAt ?? clock.now() };
  return {
    retiredAt: null,
    retiredFor: null,
    vouchedAt: retiredFor === null && !withdrawn ? vouchedAt : clock.now(),
  };
}
