import { assertActsForOrganization } from '@/server/features/organizations';
import { listTypeWages } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { openTasksSql, outcomesSql } from './access';
import { groupBy } from './group-by';
import { InsightQuery } from './schema';
import { binSql, timeQuantile } from './time-histogram';
import { timeRange } from './time-range';

/** Tasks by creation time or by type. */
export interface ActivityFacts {
  created: number;
  open: number;
  verified: number;
  failed: number;
  cancelled: number;
  expired: number;
  /**
   * Of tasks that ended without being cancelled: the shares verified, and verified within their
   * SLA.
   */
  verified_rate: number | null;
  within_sla_rate: number | null;
  /** From creation to verification. */
  p50_seconds: number | null;
  p95_seconds: number | null;
  /** The median SLA of these tasks. */
  sla_seconds: number | null;
  spent_sats: number;
}

interface TypeFacts extends ActivityFacts {
  type: string;
  /** Recent hourly earnings from accepted answers; null with too few of them. */
  sats_per_hour: number | null;
}

export interface Activity {
  unit: 'hour' | 'day';
  total: ActivityFacts;
  data: (ActivityFacts & { at: Date })[];
  types: TypeFacts[];
  funnel: Funnel;
}

/** How far tasks got, and where answers were rejected. */
export interface Funnel {
  created: number;
  taken: number;
  answered: number;
  verified: number;
  answers: number;
  /** Answers rejected by each of the six stages, in order. */
  rejected: { stage: string; count: number }[];
}

const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];

/**
 * The organization's tasks in a time range: outcomes, speed and cost. Durations come from a
 * histogram to avoid sorting, with an error of about 1 %.
 */
export async function getActivity(actor: Actor, input: InsightQuery): Promise<Activity> {
  const query = InsightQuery.parse(input);
  const range = timeRange(query.range);
  const bucketOf = (column: Prisma.Sql) =>
    Prisma.sql`width_bucket(${column}, ${range.buckets}::timestamptz[]) - 1`;
  const ended = outcomesSql(actor, range, query.type);
  const { organizationId, mode } = assertActsForOrganization(actor, 'insight');
  const [groups, rejections, open, times, typed, wages] = await Promise.all([
    db.$queryRaw<EndedGroup[]>`
      SELECT o.bucket, o.type, o.sla_seconds AS sla, count(*)::int AS ended,
             (count(*) FILTER (WHERE o.status = 'verified'))::int AS verified,
             (count(*) FILTER (WHERE o.status = 'failed'))::int AS failed,
             (count(*) FILTER (WHERE o.status = 'cancelled'))::int AS cancelled,
             (count(*) FILTER (WHERE o.status = 'expired'))::int AS expired,
             (count(*) FILTER (WHERE o.status = 'verified' AND o.seconds <= o.sla_seconds))::int AS "inTime",
             sum(o.charged_sats)::float8 AS spent, count(o.wait_seconds)::int AS taken,
             (count(*) FILTER (WHERE o.answers > 0))::int AS answered, sum(o.answers)::int AS answers
        FROM (SELECT ${bucketOf(Prisma.sql`o.created_at`)} AS bucket, o.*
                FROM task_outcomes o WHERE ${ended}) AS o
       GROUP BY o.bucket, o.type, o.sla_seconds`,
    db.$queryRaw<{ place: number; count: number }[]>`
      SELECT r.place::int AS place, sum(r.count)::int AS count
        FROM task_outcomes o, unnest(o.stage_rejections) WITH ORDINALITY AS r(count, place)
       WHERE ${ended} AND o.answers > o.votes
       GROUP BY r.place`,
    db.$queryRaw<OpenGroup[]>`
      SELECT t.bucket, t.type, count(*)::int AS open, count(t.assigned_at)::int AS taken,
             count(t.submitted_at)::int AS answered
        FROM (SELECT ${bucketOf(Prisma.sql`t.created_at`)} AS bucket, t.type, t.assigned_at, t.submitted_at
                FROM tasks t WHERE ${openTasksSql(actor, range, query.type)}) AS t
       GROUP BY t.bucket, t.type`,
    db.$queryRaw<TimeBin<number>[]>`
      SELECT o.key, o.bin, count(*)::int AS count
        FROM (SELECT ${bucketOf(Prisma.sql`o.created_at`)} AS key, ${binSql(Prisma.sql`o.seconds`)} AS bin
                FROM task_outcomes o WHERE ${ended} AND o.status = 'verified') AS o
       GROUP BY o.key, o.bin`,
    db.$queryRaw<TimeBin<string>[]>`
      SELECT o.key, o.bin, count(*)::int AS count
        FROM (SELECT o.type AS key, ${binSql(Prisma.sql`o.seconds`)} AS bin
                FROM task_outcomes o WHERE ${ended} AND o.status = 'verified') AS o
       GROUP BY o.key, o.bin`,
    listTypeWages({ organizationId, mode, type: query.type }),
  ]);
  const byBucket = groupBy(groups, ({ bucket }) => bucket);
  const byType = groupBy(groups, ({ type }) => type);
  const openByBucket = groupBy(open, ({ bucket }) => bucket);
  const openByType = groupBy(open, ({ type }) => type);
  const timesByType = groupBy(typed, ({ key }) => key);
  const timesByBucket = groupBy(times, ({ key }) => key);
  return {
    unit: range.unit,
    total: factsOf(groups, open, typed),
    data: range.buckets.map((at, bucket) => ({
      at,
      ...factsOf(byBucket.get(bucket), openByBucket.get(bucket), timesByBucket.get(bucket)),
    })),
    types: [...new Set([...byType.keys(), ...openByType.keys()])]
      .map((type) => ({
        type,
        ...factsOf(byType.get(type), openByType.get(type), timesByType.get(type)),
        sats_per_hour: hourlyOf(wages.find((wage) => wage.type === type)),
      }))
      .sort((a, b) => b.created - a.created),
    funnel: funnelOf(groups, open, new Map(rejections.map(({ place, count }) => [place, count]))),
  };
}

function hourlyOf(wage: { satsPerHour: number } | undefined): number | null {
  return wage ? Math.round(wage.satsPerHour) : null;
}

interface EndedGroup {
  bucket: number;
  type: string;
  sla: number;
  ended: number;
  verified: number;
  failed: number;
  cancelled: number;
  expired: number;
  inTime: number;
  spent: number;
  taken: number;
  answered: number;
  answers: number;
}

interface OpenGroup {
  bucket: number;
  type: string;
  open: number;
  taken: number;
  answered: number;
}

/** Verified tasks of one bucket or type in the same duration bin. */
interface TimeBin<Key> {
  key: Key;
  bin: number;
  count: number;
}

const sum = <Row>(rows: readonly Row[], read: (row: Row) => number) =>
  rows.reduce((total, row) => total + read(row), 0);

function factsOf(
  groups: readonly EndedGroup[] = [],
  open: readonly OpenGroup[] = [],
  times: readonly { bin: number; count: number }[] = [],
): ActivityFacts {
  const verified = sum(groups, (row) => row.verified);
  const failed = sum(groups, (row) => row.failed);
  const expired = sum(groups, (row) => row.expired);
  const judged = verified + failed + expired;
  const stillOpen = sum(open, (row) => row.open);
  return {
    created: sum(groups, (row) => row.ended) + stillOpen,
    open: stillOpen,
    verified,
    failed,
    cancelled: sum(groups, (row) => row.cancelled),
    expired,
    verified_rate: judged > 0 ? verified / judged : null,
    within_sla_rate: judged > 0 ? sum(groups, (row) => row.inTime) / judged : null,
    p50_seconds: timeQuantile(times, 0.5),
    p95_seconds: timeQuantile(times, 0.95),
    sla_seconds: middleSla(groups),
    spent_sats: sum(groups, (row) => row.spent),
  };
}

/** The median SLA of these tasks. */
function middleSla(groups: readonly EndedGroup[]): number | null {
  const half = sum(groups, (row) => row.ended) / 2;
  let seen = 0;
  for (const { sla, ended } of [...groups].sort((a, b) => a.sla - b.sla)) {
    seen += ended;
    if (seen >= half) return sla;
  }
  return null;
}

function funnelOf(
  groups: readonly EndedGroup[],
  open: readonly OpenGroup[],
  rejected: ReadonlyMap<number, number>,
): Funnel {
  return {
    created: sum(groups, (row) => row.ended) + sum(open, (row) => row.open),
    taken: sum(groups, (row) => row.taken) + sum(open, (row) => row.taken),
    answered: sum(groups, (row) => row.answered) + sum(open, (row) => row.answered),
    verified: sum(groups, (row) => row.verified),
    answers: sum(groups, (row) => row.answers),
    rejected: STAGES.map((stage, at) => ({ stage, count: rejected.get(at + 1) ?? 0 })),
  };
}
