import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { Forbidden, InvalidRequest, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { deposit } from './deposit-funds';
import { getBalance } from './queries';
import { type Balance, DepositPlaySats } from './schema';

/**
 * Credits the organization with play sats; in test mode only.
 * @throws NotFound, Forbidden for viewers and keys; InvalidRequest 400 in live mode.
 */
export async function depositPlaySats(actor: Actor, input: DepositPlaySats): Promise<Balance> {
  const { amountSats } = DepositPlaySats.parse(input);
  if (actor.kind !== 'member' && actor.kind !== 'key') throw new NotFound('balance');
  if (actor.kind === 'key' || actor.role === 'viewer') {
    throw new Forbidden('not_allowed', 'Only developers, admins and owners can add play sats.');
  }
  if (actor.mode !== 'test') {
    throw new InvalidRequest('Play sats are only available in test mode; switch to it first.', {
      param: 'mode',
    });
  }
  const { organizationId } = actor;
  await transaction(async (tx) => {
    await deposit(tx, {
      mode: 'test',
      organizationId,
      amountSats: BigInt(amountSats),
      reference: `play:${newId()}`,
    });
    await audit(tx, actor, 'balance.play_sats_added', `organization:${organizationId}`, {
      sats: amountSats,
    });
  });
  return getBalance(actor);
}
