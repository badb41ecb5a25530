import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { assertReviews, decidableSql, type Reviewer } from './access';
import { AGES, ListReviews, type ReviewCounts, type ReviewPage, type ReviewRow } from './schema';

/**
 * A page of this reviewer's open reviews: blocking ones first, then oldest.
 * @throws Forbidden if the actor may not review.
 */
export async function listReviews(actor: Actor, input: ListReviews = {}): Promise<ReviewPage> {
  const reviewer = assertReviews(actor);
  const { filter, after, limit } = ListReviews.parse(input);
  const now = clock.now();
  const { kind, type, waitedFor } = filter;
  const rows = await db.$queryRaw<ReviewRow[]>`
    SELECT r.id::text, r.kind::text, r.blocking, r.reason, r.type, t.risk_tier::text AS "riskTier",
           r.created_at AS "createdAt", CASE WHEN r.blocking THEN t.expires_at END AS "expiresAt",
           coalesce(r.claimed_until > ${now} AND r.claimed_by <> ${reviewer.userId}::uuid, false)
             AS taken
      FROM reviews r JOIN tasks t ON t.id = r.task_id
     WHERE r.status = 'open' AND ${await decidableSql(reviewer)} AND ${queueSql(reviewer, filter)}
       ${kind ? Prisma.sql`AND r.kind = ${kind}::review_kind` : Prisma.empty}
       ${type ? Prisma.sql`AND r.type = ${type}` : Prisma.empty}
       ${waitedFor ? Prisma.sql`AND r.created_at <= ${new Date(now.getTime() - AGES[waitedFor])}` : Prisma.empty}
       ${after ? afterSql(after) : Prisma.empty}
     ORDER BY NOT r.blocking, r.id
     LIMIT ${limit + 1}`;
  const reviews = rows.slice(0, limit);
  return { reviews, next: rows.length > limit ? (reviews.at(-1)?.id ?? null) : null };
}

/**
 * The number of open reviews by kind and type.
 * @throws Forbidden if the actor may not review.
 */
export async function countReviews(
  actor: Actor,
  filter: Pick<ListReviewsFilter, 'queue'> = {},
): Promise<ReviewCounts> {
  const reviewer = assertReviews(actor);
  return db.$queryRaw<ReviewCounts>`
    SELECT r.kind::text, r.type, count(*)::int AS count
      FROM reviews r
     WHERE r.status = 'open' AND ${await decidableSql(reviewer)} AND ${queueSql(reviewer, filter)}
     GROUP BY r.kind, r.type ORDER BY r.type, r.kind`;
}

type ListReviewsFilter = NonNullable<ListReviews['filter']>;

/** Operators review for the instance, and for an organization on request. */
function queueSql(reviewer: Reviewer, { queue }: Pick<ListReviewsFilter, 'queue'>): Prisma.Sql {
  if (reviewer.kind === 'member') return Prisma.sql`true`;
  return Prisma.sql`r.queue = ${queue ?? 'instance'}::review_queue`;
}

/** After the last review of the previous page, whether decided meanwhile or not. */
function afterSql(id: string): Prisma.Sql {
  return Prisma.sql`AND (NOT r.blocking, r.id) >
    (SELECT NOT l.blocking, l.id FROM reviews l WHERE l.id = ${id}::uuid)`;
}
