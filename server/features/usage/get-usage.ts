import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { lowestIdAt } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { type Usage, type UsageFacts, type UsagePeriod, UsageQuery } from './schema';
import { type UsageRange, usageRange } from './usage-range';

/**
 * The organization's tasks, durations and spending in its mode, by day, week or month of task
 * creation (UTC), and in total.
 * @throws InvalidRequest 400 for an invalid range; NotFound if the actor has no organization.
 */
export async function getUsage(actor: Actor, input: UsageQuery): Promise<Usage> {
  const customer = assertActsForOrganization(actor, 'usage');
  const query = UsageQuery.parse(input);
  const range = usageRange(query, clock.nowMs());
  const rows = await db.$queryRaw<UsageRow[]>(usageSql(customer, query.period, range));
  const byBucket = new Map(rows.map((row) => [row.bucket, row]));
  return {
    object: 'usage',
    mode: customer.mode,
    period: query.period,
    start_date: range.startDate,
    end_date: range.endDate,
    total: factsOf(byBucket.get(null)),
    data: range.buckets.map(({ key, startDate, endDate }) => ({
      start_date: startDate,
      end_date: endDate,
      ...factsOf(byBucket.get(key)),
    })),
  };
}

interface UsageRow {
  /** First day of the bucket; null for the total. */
  bucket: string | null;
  created: number;
  posted: number;
  assigned: number;
  submitted: number;
  verified: number;
  failed: number;
  cancelled: number;
  expired: number;
  average: number | null;
  p50: number | null;
  p95: number | null;
  spent: bigint;
  fee: bigint;
  paid: bigint;
  refunded: bigint;
  held: bigint;
}

/** IDs are generated just before the row's timestamp, possibly on another machine's clock. */
const ID_SLACK_MS = 60_000;

/**
 * One pass over the range's tasks. Golds only count with their sats, so that sums match the ledger.
 * IDs sort by time, so the existing index on organization, mode and ID suffices.
 */
export function usageSql(
  { organizationId, mode }: Pick<OrganizationActor, 'organizationId' | 'mode'>,
  period: UsagePeriod,
  { startsAt, endsBefore }: Pick<UsageRange, 'startsAt' | 'endsBefore'>,
): Prisma.Sql {
  const lowestId = lowestIdAt(startsAt.getTime() - ID_SLACK_MS);
  const beforeId = lowestIdAt(endsBefore.getTime() + ID_SLACK_MS);
  return Prisma.sql`
    SELECT to_char(bucket, 'YYYY-MM-DD') AS bucket,
           (count(*) FILTER (WHERE asked))::int AS created,
           (count(*) FILTER (WHERE asked AND status = 'posted'))::int AS posted,
           (count(*) FILTER (WHERE asked AND status = 'assigned'))::int AS assigned,
           (count(*) FILTER (WHERE asked AND status = 'submitted'))::int AS submitted,
           (count(*) FILTER (WHERE asked AND status = 'verified'))::int AS verified,
           (count(*) FILTER (WHERE asked AND status = 'failed'))::int AS failed,
           (count(*) FILTER (WHERE asked AND status = 'cancelled'))::int AS cancelled,
           (count(*) FILTER (WHERE asked AND status = 'expired'))::int AS expired,
           (avg(seconds))::float8 AS average,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
           percentile_cont(0.95) WITHIN GROUP (ORDER BY seconds) AS p95,
           coalesce(sum(charged_sats), 0)::bigint AS spent,
           coalesce(sum(fee_sats), 0)::bigint AS fee,
           coalesce(sum(paid_sats), 0)::bigint AS paid,
           coalesce(sum(held_sats - charged_sats) FILTER (WHERE ended), 0)::bigint AS refunded,
           coalesce(sum(held_sats) FILTER (WHERE NOT ended), 0)::bigint AS held
      FROM (
        SELECT date_trunc(${period}, t.created_at AT TIME ZONE 'UTC') AS bucket,
               t.status, t.charged_sats, t.fee_sats, t.held_sats,
               t.completed_at IS NOT NULL AS ended, t.reserved_for IS NULL AS asked,
               CASE WHEN t.status = 'verified' AND t.reserved_for IS NULL
                    THEN extract(epoch FROM t.completed_at - t.created_at)::float8 END AS seconds,
               -- Excludes what the platform paid: re-votes, and answers that won an appeal.
               CASE WHEN t.status = 'verified' AND (t.appeal_id IS NULL OR t.charged_sats > 0)
                    THEN (SELECT sum(p.amount_sats) FROM payouts p
                           WHERE p.task_id = t.id AND p.status = 'paid'
                             AND NOT EXISTS (
                               SELECT FROM appeals o
                                WHERE o.answer_id = p.answer_id AND o.ground = 'rejected')) END
                 AS paid_sats
          FROM tasks t
         WHERE t.organization_id = ${organizationId}::uuid
           AND t.mode = ${mode}::mode
           AND t.id >= ${lowestId}::uuid AND t.id < ${beforeId}::uuid
           AND t.created_at >= ${startsAt} AND t.created_at < ${endsBefore}
      ) AS counted
     GROUP BY GROUPING SETS ((bucket), ())`;
}

function factsOf(row: UsageRow | undefined): UsageFacts {
  const sats = (amount: bigint | undefined) => satsToNumber(amount ?? 0n);
  const seconds = (value: number | null | undefined) =>
    value == null ? null : Math.round(value * 1_000) / 1_000;
  return {
    tasks: {
      created: row?.created ?? 0,
      posted: row?.posted ?? 0,
      assigned: row?.assigned ?? 0,
      submitted: row?.submitted ?? 0,
      verified: row?.verified ?? 0,
      failed: row?.failed ?? 0,
      cancelled: row?.cancelled ?? 0,
      expired: row?.expired ?? 0,
    },
    average_completion_seconds: seconds(row?.average),
    p50_completion_seconds: seconds(row?.p50),
    p95_completion_seconds: seconds(row?.p95),
    spent_sats: sats(row?.spent),
    fee_sats: sats(row?.fee),
    paid_sats: sats(row?.paid),
    refunded_sats: sats(row?.refunded),
    held_sats: sats(row?.held),
  };
}
