import { enqueueEmail } from '@/server/features/emails';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';

/** Limits how often an organization's owners and admins are notified of low balances. */
const BY_ORGANIZATION: RateLimit = { limit: 6, windowSeconds: 3_600 };

interface Low {
  organizationId: string;
  organizationName: string;
  mode: Mode;
  balance: bigint;
  held: bigint;
  threshold: bigint;
}

/**
 * Notifies owners and admins by e-mail, and endpoints by `balance.low`, of balances that fell below
 * their threshold, once per occurrence: the flag is cleared when the balance recovers.
 * @param organizationId limits the check to this organization
 * @returns the number of balances notified of
 */
export async function tellLowBalances(tx: Tx, organizationId?: string): Promise<number> {
  const only = organizationId
    ? Prisma.sql`AND s.organization_id = ${organizationId}::uuid`
    : Prisma.empty;
  const balanceOf = (kind: 'organization_available' | 'organization_held') => Prisma.sql`coalesce((
    SELECT a.balance FROM accounts a
     WHERE a.kind = ${kind}::account_kind AND a.mode = s.mode
       AND a.owner = s.organization_id::text), 0)`;
  const balance = balanceOf('organization_available');
  await tx.$executeRaw`
    UPDATE spend_limits s SET low_since = NULL
     WHERE s.low_since IS NOT NULL
       AND (s.low_balance_sats IS NULL OR ${balance} >= s.low_balance_sats) ${only}`;
  const low = await tx.$queryRaw<Low[]>`
    UPDATE spend_limits s SET low_since = ${clock.now()}
      FROM organizations o
     WHERE o.id = s.organization_id AND s.low_since IS NULL
       AND ${balance} < s.low_balance_sats ${only}
    RETURNING s.organization_id AS "organizationId", o.name AS "organizationName", s.mode,
              ${balance} AS balance, ${balanceOf('organization_held')} AS held,
              s.low_balance_sats AS threshold`;
  await enqueue(tx, low.map(outboxRowOf));
  for (const each of low) {
    // Changing the threshold repeatedly must not flood inboxes.
    const told = await consume(`low-balance:${each.organizationId}`, BY_ORGANIZATION);
    if (!told.allowed) continue;
    const members = await tx.member.findMany({
      where: { organizationId: each.organizationId, role: { in: ['owner', 'admin'] } },
      select: { user: { select: { email: true } } },
    });
    for (const { user } of members) {
      await enqueueEmail(tx, {
        to: user.email,
        template: 'low-balance',
        data: {
          organizationName: each.organizationName,
          mode: each.mode,
          availableSats: each.balance.toString(),
          thresholdSats: each.threshold.toString(),
          path: '/dashboard/billing',
        },
        organizationId: each.organizationId,
      });
    }
  }
  return low.length;
}

function outboxRowOf({ organizationId, mode, balance, held, threshold }: Low) {
  const eventId = newId();
  return {
    topic: 'balance.low',
    key: `balance.low:${eventId}`,
    data: {
      ...{ eventId, organizationId, mode },
      availableSats: satsToNumber(balance),
      heldSats: satsToNumber(held),
      thresholdSats: satsToNumber(threshold),
      createdAt: clock.now().toISOString(),
    },
  };
}

/** The sweep: checks every balance that has a threshold. */
export async function watchBalances(): Promise<number> {
  const told = await transaction((tx) => tellLowBalances(tx));
  if (told > 0) kickOutbox();
  return told;
}
