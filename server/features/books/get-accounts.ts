import type { AccountKind } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { assertOperator } from './access';
import { CHART } from './chart';
import type { AccountsOfKind } from './schema';

interface Sum {
  kind: AccountKind;
  /** Null for kinds with one account per customer or worker. */
  owner: string | null;
  accounts: number;
  sats: bigint;
}

/**
 * The chart of accounts in the actor's mode with the balance of each kind. Accounts without a
 * stored balance are summed from their entries and listed by owner.
 * @throws Forbidden unless the actor is an operator.
 */
export async function getAccounts(actor: Actor): Promise<AccountsOfKind[]> {
  const { mode } = assertOperator(actor);
  const sums = await db.$queryRaw<Sum[]>`
    SELECT kind, NULL AS owner, count(*)::int AS accounts, sum(balance)::bigint AS sats
      FROM accounts
     WHERE mode = ${mode}::mode AND kind NOT IN ('platform_fees', 'rail_float')
     GROUP BY kind
     UNION ALL
    SELECT a.kind, a.owner, 1,
           coalesce((SELECT sum(e.amount) FROM entries e WHERE e.account_id = a.id), 0)::bigint
      FROM accounts a
     WHERE a.mode = ${mode}::mode AND a.kind IN ('platform_fees', 'rail_float')
     ORDER BY 2`;
  return (Object.keys(CHART) as AccountKind[]).map((kind) => {
    const { name, normal, about } = CHART[kind];
    const own = sums.filter((sum) => sum.kind === kind);
    const shown = (sats: bigint) => satsToNumber(normal === 'credit' ? sats : -sats);
    return {
      ...{ kind, name, normal, about },
      accounts: own.reduce((total, { accounts }) => total + accounts, 0),
      balanceSats: shown(own.reduce((total, { sats }) => total + sats, 0n)),
      owners: own.flatMap(({ owner, sats }) =>
        owner === null ? [] : [{ owner, balanceSats: shown(sats) }],
      ),
    };
  });
}
