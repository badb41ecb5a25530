import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { kickOutbox, retryFailingRows } from '@/server/platform/outbox';
import { assertOperator } from './access';
import type { SendAgain } from './schema';

/**
 * Tells facts that keep failing again at once, one or all of them.
 * @returns how many; 0 where they were told in the meantime.
 * @throws Forbidden for anybody but operators.
 */
export async function sendAgain(actor: Actor, { id }: SendAgain): Promise<{ count: number }> {
  assertOperator(actor);
  const count = await transaction(async (tx) => {
    const found = await retryFailingRows(tx, id);
    if (found > 0) {
      await audit(tx, actor, 'outbox.sent_again', id === null ? 'outbox' : `outbox:${id}`, {
        found,
      });
    }
    return found;
  });
  kickOutbox();
  return { count };
}
