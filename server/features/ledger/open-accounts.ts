import type { AccountKind } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/** One account: what it holds, and whose it is. */
export interface AccountRef {
  kind: AccountKind;
  /** Organization or worker id, a rail's name, or `platform`. */
  owner: string;
}

/** Opens the owner's accounts of these kinds at zero; those that exist stay as they are. */
export async function openAccounts(
  tx: Tx,
  { mode, owner, kinds }: { mode: Mode; owner: string; kinds: readonly AccountKind[] },
): Promise<void> {
  await openAll(
    tx,
    mode,
    kinds.map((kind) => ({ kind, owner })),
  );
}

/** Opens accounts of several owners, in one statement. */
export async function openAll(tx: Tx, mode: Mode, accounts: readonly AccountRef[]): Promise<void> {
  await tx.account.createMany({
    data: accounts.map(({ kind, owner }) => ({ id: newId(), mode, kind, owner })),
    skipDuplicates: true,
  });
}
