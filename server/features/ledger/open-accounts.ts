import type { AccountKind } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/** Identifies one account. */
export interface AccountRef {
  kind: AccountKind;
  /** An organization's or worker's ID, a rail's name, or `platform`. */
  owner: string;
}

/** Opens the owner's missing accounts of these kinds at zero. */
export async function openAccounts(
  tx: Tx,
  { mode, owner, kinds }: { mode: Mode; owner: string; kinds: readonly AccountKind[] },
): Promise<void> {
  await openAll(
    tx,
    kinds.map((kind) => ({ kind, owner, mode })),
  );
}

/** Opens missing accounts of several owners in one statement, sorted to avoid deadlocks. */
export async function openAll(
  tx: Tx,
  accounts: readonly (AccountRef & { mode: Mode })[],
): Promise<void> {
  const keyOf = ({ kind, owner, mode }: AccountRef & { mode: Mode }) => `${kind} ${owner} ${mode}`;
  const byKey = new Map(accounts.map((account) => [keyOf(account), account]));
  const ordered = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
  await tx.account.createMany({
    data: ordered.map(({ kind, owner, mode }) => ({ id: newId(), kind, owner, mode })),
    skipDuplicates: true,
  });
}
