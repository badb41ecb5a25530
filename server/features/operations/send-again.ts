import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { kickOutbox, retryFailingRows } from '@/server/platform/outbox';
import { assertOperator } from './access';
import type { SendAgain } from './schema';

/**
 * Resends failing outbox events at once, one or all of them.
 * @returns the number resent; 0 if they were delivered in the meantime.
 * @throws Forbidden unless the actor is an operator.
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
