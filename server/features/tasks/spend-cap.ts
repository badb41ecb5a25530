import { findSpendCap } from '@/server/features/ledger';
import type { Mode, OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { lowestIdAt } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { SpendCapReached } from './errors';

/** Who spends: a caller, or nobody of the organization's, as where a gold is sown. */
export type Spender = OrganizationActor | { kind: 'system'; organizationId: string; mode: Mode };

/** Something that may spend so much in a day, and what to lock and count for it. */
interface Cap {
  whose: 'key' | 'organization';
  maxSats: bigint;
}

/** Ids are made just before their row's time is read, on another machine's clock perhaps. */
const ID_SLACK_MS = 60_000;

/** The daily caps that the actor's spending counts against; none for most. */
export async function capsOf(actor: Spender): Promise<Cap[]> {
  const own = actor.kind === 'key' ? actor.maxSpendSatsPerDay : null;
  const shared = await findSpendCap(actor.organizationId, actor.mode);
  return [
    ...(own === null ? [] : [{ whose: 'key', maxSats: own } as const]),
    ...(shared === null ? [] : [{ whose: 'organization', maxSats: shared } as const]),
  ];
}

/**
 * Checks daily caps after the newest task was inserted, with what carries the cap locked so that two
 * creates at once cannot both take the last of it. What counts is what is held by tasks still under
 * way and what was charged for those that ended, since midnight UTC.
 * @throws SpendCapReached 403
 */
export async function assertWithinCaps(
  tx: Tx,
  actor: Spender,
  caps: readonly Cap[],
): Promise<void> {
  for (const { whose, maxSats } of caps) {
    await lock(tx, actor, whose);
    const { spent, newest } = await spentToday(tx, actor, whose);
    if (spent <= maxSats) continue;
    throw new SpendCapReached(whose, {
      max_spend_sats: satsToNumber(maxSats),
      spent_sats: satsToNumber(spent - newest),
      required_sats: satsToNumber(newest),
    });
  }
}

async function lock(tx: Tx, actor: Spender, whose: Cap['whose']): Promise<void> {
  if (whose === 'key' && actor.kind === 'key') {
    await tx.$queryRaw`SELECT 1 FROM api_keys WHERE id = ${actor.keyId}::uuid FOR UPDATE`;
  } else {
    await tx.$queryRaw`
      SELECT 1 FROM spend_limits
       WHERE organization_id = ${actor.organizationId}::uuid AND mode = ${actor.mode}::mode
         FOR UPDATE`;
  }
}

async function spentToday(tx: Tx, actor: Spender, whose: Cap['whose']) {
  const now = clock.now();
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const by =
    whose === 'key' && actor.kind === 'key'
      ? Prisma.sql`AND created_by = ${`key:${actor.keyId}`}`
      : Prisma.empty;
  const [row] = await tx.$queryRaw<{ spent: bigint; newest: bigint }[]>`
    SELECT coalesce(sum(CASE WHEN completed_at IS NULL THEN held_sats ELSE charged_sats END), 0)::bigint AS spent,
           coalesce((array_agg(held_sats ORDER BY id DESC))[1], 0)::bigint AS newest
      FROM tasks
     WHERE organization_id = ${actor.organizationId}::uuid
       AND mode = ${actor.mode}::mode ${by}
       AND id >= ${lowestIdAt(midnight.getTime() - ID_SLACK_MS)}::uuid
       AND created_at >= ${midnight}`;
  return { spent: row?.spent ?? 0n, newest: row?.newest ?? 0n };
}
