import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { openAccounts } from './open-accounts';
import { post } from './post-entries';

/**
 * Credits an organization with received sats: rail float → available.
 * @param input.reference identifies the payment, such as an invoice's hash, and makes the call
 * idempotent.
 * @param input.rail where the sats were received; defaults to the mode's own: play sats or the
 * recorded rail.
 * @returns false if this payment was already credited.
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
  // Opened together: a hold expects both accounts to exist.
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
