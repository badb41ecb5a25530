import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';

export interface Funds {
  availableSats: bigint;
  heldSats: bigint;
}

/**
 * Locks an organization's balances in both modes until the transaction ends, so that no new holds
 * can be made.
 */
export async function lockFunds(tx: Tx, organizationId: string): Promise<Record<Mode, Funds>> {
  const rows = await tx.$queryRaw<{ mode: Mode; kind: string; balance: bigint }[]>`
    SELECT mode, kind, balance FROM accounts
    WHERE owner = ${organizationId}
      AND kind IN ('organization_available', 'organization_held')
    ORDER BY id FOR UPDATE`;
  const sumOf = (mode: Mode, kind: string) =>
    rows.find((row) => row.mode === mode && row.kind === kind)?.balance ?? 0n;
  const of = (mode: Mode): Funds => ({
    availableSats: sumOf(mode, 'organization_available'),
    heldSats: sumOf(mode, 'organization_held'),
  });
  return { live: of('live'), test: of('test') };
}
