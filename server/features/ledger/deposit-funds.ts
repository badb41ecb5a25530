import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { openAccounts } from './open-accounts';
import { post } from './post-entries';

/**
 * Credits an organization with sats that came in: rail float → available.
 * @param input.reference names the payment, such as an invoice's hash; the same one counts once.
 * @param input.rail where the sats came in; by default the mode's own: play sats or the recorded rail.
 * @returns false where this payment was credited before.
 */
export async function deposit(
  tx: Tx,
  input: {
    mode: Mode;
    organizationId: string;
    amountSats: bigint;
    reference: string;
    rail?: string;
  },
): Promise<boolean> {
  const { mode, organizationId, amountSats, reference } = input;
  const rail = input.rail ?? (mode === 'test' ? 'sandbox' : 'internal');
  if (amountSats <= 0n) throw new RangeError('A deposit is at least one sat.');
  // Both at once: a hold expects that where sats are available, they can be held.
  await openAccounts(tx, {
    mode,
    owner: organizationId,
    kinds: ['organization_available', 'organization_held'],
  });
  return post(tx, {
    mode,
    kind: 'deposit',
    reference: `deposit:${reference}`,
    moves: [
      { kind: 'rail_float', owner: rail, amountSats: -amountSats },
      { kind: 'organization_available', owner: organizationId, amountSats },
    ],
  });
}
