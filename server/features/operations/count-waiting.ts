import type { Mode } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { timePassesSql } from '@/server/platform/test-clock';
import { COUNT_MAX, type Waiting } from './attention-facts';

const HOUR_MS = 3_600_000;
const APPEAL_NEAR_MS = 24 * HOUR_MS;

export interface WaitingPeople {
  applications: Waiting[];
  blockingReviews: Waiting[];
  reviews: Waiting[];
  appeals: Waiting[];
}

/**
 * Counts who waits for an operator, in both modes, in one statement. Each kind is counted through
 * an index up to `COUNT_MAX + 1`; excludes items on a stopped test clock, where nothing expires.
 */
export async function countWaiting(now: Date): Promise<WaitingPeople> {
  const limit = COUNT_MAX + 1;
  const near = new Date(now.getTime() + APPEAL_NEAR_MS);
  const [reviewsPass, appealsPass] = await Promise.all([timePassesSql('r'), timePassesSql('a')]);
  // Appeals have their own list; organizations review their own people's answers.
  const openReviews = Prisma.sql`r.mode = m.mode AND r.status = 'open' AND r.queue = 'instance'
    AND r.appeal_id IS NULL AND ${reviewsPass}`;
  const kinds: [keyof WaitingPeople, Prisma.Sql][] = [
    [
      'applications',
      Prisma.sql`SELECT w.created_at AS began, NULL::timestamptz AS due FROM workers w
                  WHERE w.mode = m.mode AND w.vetting = 'waiting'`,
    ],
    [
      'blockingReviews',
      Prisma.sql`SELECT r.created_at AS began, t.expires_at AS due
                   FROM reviews r JOIN tasks t ON t.id = r.task_id
                  WHERE ${openReviews} AND r.blocking`,
    ],
    [
      'reviews',
      Prisma.sql`SELECT r.created_at AS began, NULL::timestamptz AS due FROM reviews r
                  WHERE ${openReviews} AND NOT r.blocking`,
    ],
    [
      'appeals',
      Prisma.sql`SELECT a.created_at AS began, a.due_at AS due FROM appeals a
                  WHERE a.mode = m.mode AND a.status = 'open' AND ${appealsPass}
                    AND (a.route = 'reviewer' OR a.due_at <= ${near})`,
    ],
  ];
  const parts = kinds.map(
    ([kind, select]) => Prisma.sql`
      SELECT ${kind} AS kind, m.mode::text AS mode, f.count, f.oldest, f.due
        FROM unnest(enum_range(NULL::mode)) AS m(mode), LATERAL (
          SELECT count(*)::int AS count, min(began) AS oldest, min(due) AS due
            FROM (${select} LIMIT ${limit}) found) f
       WHERE f.count > 0`,
  );
  const rows = await db.$queryRaw<
    { kind: keyof WaitingPeople; mode: Mode; count: number; oldest: Date; due: Date | null }[]
  >`${Prisma.join(parts, ' UNION ALL ')}`;
  const of = (wanted: keyof WaitingPeople): Waiting[] =>
    rows.filter(({ kind }) => kind === wanted).map(({ kind: _, ...waiting }) => waiting);
  return {
    applications: of('applications'),
    blockingReviews: of('blockingReviews'),
    reviews: of('reviews'),
    appeals: of('appeals'),
  };
}
