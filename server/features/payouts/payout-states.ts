import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { timePassesSql } from '@/server/platform/test-clock';
import { LOOKUP_DELAY_MS } from './lifecycle';
import { LIGHTNING } from './rails/local-rails';
import { hasLightning } from './rails/registry';
import type { PayoutState } from './schema';

/** The sweep handles what is ten seconds late; later than this, it is stuck. */
const OVERDUE_MS = 5 * 60_000;
/** Retries for longer than this are not a temporary problem. */
const TRYING_MS = 60 * 60_000;

/** The rail has not reported an attempt's outcome, although it was or should have been queried. */
function unknownSql(now: Date): Prisma.Sql {
  return Prisma.sql`(p.status = 'sending' AND EXISTS (
    SELECT 1 FROM payout_attempts a
     WHERE a.id = p.attempt_id AND a.created_at <= ${new Date(now.getTime() - LOOKUP_DELAY_MS)}))`;
}

/** It was not processed when due, or has been retried for an hour. */
function stuckSql(now: Date): Prisma.Sql {
  return Prisma.sql`(p.status IN ('pending', 'sending') AND NOT ${unknownSql(now)} AND (
    p.next_attempt_at <= ${new Date(now.getTime() - OVERDUE_MS)}
    OR (p.attempts > 0 AND p.created_at <= ${new Date(now.getTime() - TRYING_MS)})))`;
}

/** The condition of a state, on payouts with the alias `p`. */
export function stateSql(state: PayoutState): Prisma.Sql {
  switch (state) {
    case 'unknown':
      return unknownSql(clock.now());
    case 'stuck':
      return stuckSql(clock.now());
    case 'held_back':
      return Prisma.sql`(p.status = 'held' AND p.hold_reason IS NOT NULL)`;
    default:
      return Prisma.sql`p.status = ${state}::payout_status`;
  }
}

export const TROUBLES = ['failed', 'unknown', 'stuck'] as const;

/** Payouts of one mode that need attention. */
export interface PayoutTrouble {
  trouble: (typeof TROUBLES)[number];
  mode: Mode;
  /** Counted up to `max + 1`. */
  count: number;
  /** When the latest attempt of the longest-standing one started. */
  oldest: Date | null;
}

/** Payouts that need attention, by reason; excludes those on a stopped test clock. */
export async function countTroubledPayouts(max: number): Promise<PayoutTrouble[]> {
  const timePasses = await timePassesSql('p');
  const parts = TROUBLES.map(
    (trouble) => Prisma.sql`
      SELECT ${trouble} AS trouble, m.mode::text AS mode, t.count, t.oldest
        FROM unnest(enum_range(NULL::mode)) AS m(mode), LATERAL (
          SELECT count(*)::int AS count, min(began) AS oldest FROM (
            SELECT coalesce((SELECT max(a.created_at)
                               FROM attempt_payouts c JOIN payout_attempts a ON a.id = c.attempt_id
                              WHERE c.payout_id = p.id),
                     p.created_at) AS began
              FROM payouts p
             WHERE p.mode = m.mode AND p.status IN ('pending', 'sending', 'failed')
               AND ${stateSql(trouble)} AND ${timePasses}
             LIMIT ${max + 1}) found) t`,
  );
  return db.$queryRaw<PayoutTrouble[]>`${Prisma.join(parts, ' UNION ALL ')}`;
}

/** Live workers whose rail cannot pay real sats here. */
export async function countWithoutRail(): Promise<{ count: number; rails: string[] }> {
  const lightning = await hasLightning();
  const usable = ['internal', ...(lightning ? [LIGHTNING] : [])];
  const rows = await db.worker.groupBy({
    by: ['payoutRail'],
    where: { mode: 'live', status: 'active', payoutRail: { notIn: usable } },
    _count: true,
    orderBy: { payoutRail: 'asc' },
  });
  return {
    count: rows.reduce((sum, { _count }) => sum + _count, 0),
    rails: rows.map(({ payoutRail }) => payoutRail),
  };
}
