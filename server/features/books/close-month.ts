import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel, SYSTEM } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx } from '@/server/platform/db';
import { assertOperator } from './access';
import { MonthDoesNotAddUp, MonthNotDue } from './errors';
import { monthAfter, monthBefore, monthOf, startOf } from './months';
import { MonthRef, type NextMonth } from './schema';

/** Grace period after a month's end, by which everything dated in it is committed. */
const CLOSE_AFTER_MS = 24 * 3_600_000;

/** All sums are read at once, which takes time for a large month. */
const CLOSE_TIMEOUT_MS = 300_000;

/** The first unclosed month of live mode; null if nothing was posted. */
export async function findNextMonth(
  reader: Pick<Tx, 'ledgerPeriod' | '$queryRaw'> = db,
): Promise<NextMonth | null> {
  const last = await reader.ledgerPeriod.findFirst({
    where: { mode: 'live' },
    orderBy: { month: 'desc' },
  });
  const month = last ? monthAfter(monthOf(last.month)) : await firstMonth(reader);
  if (month === null) return null;
  const dueAt = new Date(startOf(monthAfter(month)).getTime() + CLOSE_AFTER_MS);
  return { month, dueAt, isDue: clock.nowMs() >= dueAt.getTime() };
}

async function firstMonth(reader: Pick<Tx, '$queryRaw'>): Promise<string | null> {
  const [row] = await reader.$queryRaw<{ at: Date | null }[]>`
    SELECT min(created_at) AS at FROM postings WHERE mode = 'live'`;
  return row?.at ? monthOf(row.at) : null;
}

/**
 * Closes the next month of live mode: stores its sums and blocks further postings in it. Idempotent
 * for a closed month.
 * @throws Forbidden; MonthNotDue 409 for any other month; MonthDoesNotAddUp 409, and nothing is closed.
 */
export async function closeMonth(actor: Actor, input: MonthRef): Promise<void> {
  assertOperator(actor);
  await close(actor, MonthRef.parse(input).month);
}

/**
 * The sweep: closes every month that is due, oldest first.
 * @returns the months it closed.
 */
export async function closeDueMonths(): Promise<string[]> {
  const closed: string[] = [];
  for (;;) {
    const next = await findNextMonth();
    if (!next?.isDue) return closed;
    await close(SYSTEM, next.month);
    closed.push(next.month);
  }
}

async function close(actor: Actor, month: string): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const next = await findNextMonth(tx);
      if (next?.month !== month || !next.isDue) {
        // Checked in this order, so that a month closed concurrently is found closed, not out of
        // order.
        if (await isClosed(tx, month)) return;
        throw new MonthNotDue(next);
      }
      if (!(await writePeriod(tx, actor, month))) return;
      await writeTotals(tx, month);
      await writeOrganizations(tx, month);
      await assertAddsUp(tx, month);
      await audit(tx, actor, 'ledger.month_closed', `month:${month}`);
    },
    { maxWait: 10_000, timeout: CLOSE_TIMEOUT_MS },
  );
}

async function isClosed(tx: Tx, month: string): Promise<boolean> {
  const where = { month: startOf(month), mode: 'live' } as const;
  return (await tx.ledgerPeriod.count({ where })) > 0;
}

/** The row is the lock: a concurrent call waits, then finds the month closed. */
async function writePeriod(tx: Tx, actor: Actor, month: string): Promise<boolean> {
  const [from, to] = [startOf(month), startOf(monthAfter(month))];
  const made = await tx.$executeRaw`
    INSERT INTO ledger_periods (mode, month, postings, closed_by, closed_at)
    SELECT 'live', ${from}::date, count(*), ${actorLabel(actor)}, ${clock.now()}
      FROM postings WHERE mode = 'live' AND created_at >= ${from} AND created_at < ${to}
        ON CONFLICT DO NOTHING`;
  return made === 1;
}

async function writeTotals(tx: Tx, month: string): Promise<void> {
  const [from, to] = [startOf(month), startOf(monthAfter(month))];
  await tx.$executeRaw`
    INSERT INTO ledger_period_totals
           (mode, month, kind, opening_sats, credit_sats, debit_sats, closing_sats)
    SELECT 'live', ${from}::date, k.kind, coalesce(l.closing_sats, 0), coalesce(m.credit, 0),
           coalesce(m.debit, 0), coalesce(l.closing_sats, 0) + coalesce(m.credit, 0) - coalesce(m.debit, 0)
      FROM unnest(enum_range(NULL::account_kind)) AS k(kind)
      LEFT JOIN ledger_period_totals l
        ON l.mode = 'live' AND l.month = ${startOf(monthBefore(month))}::date AND l.kind = k.kind
      LEFT JOIN (
        SELECT a.kind, coalesce(sum(e.amount) FILTER (WHERE e.amount > 0), 0) AS credit,
               coalesce(-sum(e.amount) FILTER (WHERE e.amount < 0), 0) AS debit
          FROM postings p
          JOIN entries e ON e.posting_id = p.id
          JOIN accounts a ON a.id = e.account_id
         WHERE p.mode = 'live' AND p.created_at >= ${from} AND p.created_at < ${to}
         GROUP BY a.kind) m ON m.kind = k.kind`;
}

async function writeOrganizations(tx: Tx, month: string): Promise<void> {
  const [from, to] = [startOf(month), startOf(monthAfter(month))];
  await tx.$executeRaw`
    WITH moved AS (
      SELECT a.owner::uuid AS organization_id,
             coalesce(sum(e.amount) FILTER (WHERE a.kind = 'organization_available'), 0) AS available,
             coalesce(sum(e.amount) FILTER (WHERE a.kind = 'organization_held'), 0) AS held,
             coalesce(sum(e.amount) FILTER (WHERE p.kind IN ('deposit', 'credit', 'credit_reversal',
                                                        'refund_reserve', 'refund_return', 'refund_settle')), 0)
               AS paid_in,
             coalesce(sum(e.amount) FILTER (WHERE p.kind IN ('adjustment', 'adjustment_reversal')), 0)
               AS adjusted
        FROM postings p
        JOIN entries e ON e.posting_id = p.id
        JOIN accounts a ON a.id = e.account_id
       WHERE p.mode = 'live' AND p.created_at >= ${from} AND p.created_at < ${to}
         AND a.kind IN ('organization_available', 'organization_held')
       GROUP BY a.owner
    ), former AS (
      SELECT * FROM ledger_period_organizations
       WHERE mode = 'live' AND month = ${startOf(monthBefore(month))}::date
         AND (closing_available_sats <> 0 OR closing_held_sats <> 0)
    )
    INSERT INTO ledger_period_organizations
           (mode, month, organization_id, opening_available_sats, opening_held_sats, paid_in_sats,
            charged_sats, adjusted_sats, closing_available_sats, closing_held_sats)
    SELECT 'live', ${from}::date, coalesce(f.organization_id, m.organization_id),
           coalesce(f.closing_available_sats, 0), coalesce(f.closing_held_sats, 0),
           coalesce(m.paid_in, 0),
           coalesce(m.paid_in + m.adjusted - m.available - m.held, 0),
           coalesce(m.adjusted, 0),
           coalesce(f.closing_available_sats, 0) + coalesce(m.available, 0),
           coalesce(f.closing_held_sats, 0) + coalesce(m.held, 0)
      FROM former f FULL JOIN moved m ON m.organization_id = f.organization_id`;
}

/**
 * Cross-checks the stored sums: entries must cancel out, organizations must add up to the totals,
 * and totals to today's balances minus later postings.
 */
async function assertAddsUp(tx: Tx, month: string): Promise<void> {
  const from = startOf(month);
  const wrong = await tx.$queryRaw<{ what: string; sats: bigint }[]>`
    WITH total AS (
      SELECT * FROM ledger_period_totals WHERE mode = 'live' AND month = ${from}::date
    ), own AS (
      SELECT coalesce(sum(closing_available_sats), 0) AS available,
             coalesce(sum(closing_held_sats), 0) AS held
        FROM ledger_period_organizations WHERE mode = 'live' AND month = ${from}::date
    ), since AS (
      SELECT a.kind, sum(e.amount) AS amount
        FROM postings p
        JOIN entries e ON e.posting_id = p.id
        JOIN accounts a ON a.id = e.account_id
       WHERE p.mode = 'live' AND p.created_at >= ${startOf(monthAfter(month))}
       GROUP BY a.kind
    ), today AS (
      SELECT kind, sum(balance) AS balance FROM accounts
       WHERE mode = 'live' AND kind NOT IN ('platform_fees', 'rail_float') GROUP BY kind
    )
    SELECT * FROM (
      SELECT 'all entries' AS what, sum(credit_sats - debit_sats)::bigint AS sats FROM total
       UNION ALL
      SELECT 'organizations, available', (closing_sats - own.available)::bigint
        FROM total, own WHERE kind = 'organization_available'
       UNION ALL
      SELECT 'organizations, held', (closing_sats - own.held)::bigint
        FROM total, own WHERE kind = 'organization_held'
       UNION ALL
      SELECT total.kind::text, (total.closing_sats + coalesce(since.amount, 0) - today.balance)::bigint
        FROM total JOIN today ON today.kind = total.kind LEFT JOIN since ON since.kind = total.kind
    ) found WHERE sats <> 0`;
  if (wrong.length > 0) throw new MonthDoesNotAddUp(month, wrong);
}
