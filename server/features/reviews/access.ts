import type { Actor, MemberRole } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';

/** The actors that review. */
export type Reviewer = Extract<Actor, { kind: 'operator' | 'member' }>;

/** Viewers can see tasks but not decide reviews. */
export const REVIEWING_ROLES: MemberRole[] = ['owner', 'admin', 'developer'];

/**
 * The actor as a reviewer: an operator, or a member who may decide.
 * @throws Forbidden for all others.
 */
export function assertReviews(actor: Actor): Reviewer {
  if (actor.kind === 'operator') return actor;
  if (actor.kind === 'member' && REVIEWING_ROLES.includes(actor.role)) return actor;
  throw new Forbidden('not_allowed', 'Reviewing requires the developer role.');
}

/**
 * The reviews an actor may see, as a condition on `reviews r`. Operators see those of their mode.
 * Members see those of their organization's tasks answered by its own people, and by the public
 * pool if the organization has enabled that. Golds and re-votes are hidden from their customer, and
 * appeals are decided by operators.
 */
export function reachSql(actor: Reviewer): Prisma.Sql {
  if (actor.kind === 'operator') return Prisma.sql`r.mode = ${actor.mode}::mode`;
  const owner = Prisma.sql`${actor.organizationId}::uuid`;
  return Prisma.sql`
    r.mode = ${actor.mode}::mode AND r.organization_id = ${owner} AND r.kind <> 'appeal'
    AND (r.queue = 'organization'
         OR (SELECT o.reviews_public_pool FROM organizations o WHERE o.id = ${owner}))
    AND NOT EXISTS (SELECT FROM tasks g WHERE g.id = r.task_id AND g.reserved_for IS NOT NULL)`;
}

/**
 * The reviews an actor may decide: visible ones of tasks it did not answer, excluding second
 * reviews of its own decisions.
 */
export async function decidableSql(actor: Reviewer): Promise<Prisma.Sql> {
  const workers = await workersOf(actor.userId);
  const unanswered =
    workers.length > 0
      ? Prisma.sql`AND NOT EXISTS (SELECT FROM answers a WHERE a.task_id = r.task_id
                                      AND a.worker_id = ANY(${workers}::uuid[]))`
      : Prisma.empty;
  return Prisma.sql`${reachSql(actor)} ${unanswered}
    AND NOT EXISTS (SELECT FROM reviews f
                     WHERE f.id = r.second_of AND f.reviewer_id = ${actor.userId})`;
}

/** Whether the actor may see this review, decided or not. */
export async function seesReview(actor: Reviewer, reviewId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM reviews r WHERE r.id = ${reviewId}::uuid AND ${reachSql(actor)}`;
  return rows.length > 0;
}

/**
 * Prevents conflicts of interest.
 * @throws Forbidden if the user voted on the task, or decided the review that this one repeats.
 */
export async function assertImpartial(
  { userId }: Reviewer,
  review: { taskId: string; secondOf: string | null },
): Promise<void> {
  const voted = await db.answer.findFirst({
    where: { taskId: review.taskId, workerId: { in: await workersOf(userId) } },
    select: { id: true },
  });
  if (voted) throw new Forbidden('reviewer_voted', 'You answered this task yourself.');
  if (review.secondOf === null) return;
  const own = await db.review.findFirst({
    where: { id: review.secondOf, reviewerId: userId },
    select: { id: true },
  });
  if (own) throw new Forbidden('reviewer_decided_first', 'You already decided this one yourself.');
}

/** Whether another user reviews in the same queue. */
export async function hasOtherReviewers(
  userId: string,
  review: { queue: 'organization' | 'instance'; organizationId: string },
): Promise<boolean> {
  const { queue, organizationId } = review;
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM users u
     WHERE u.id <> ${userId}::uuid
       AND ((${queue} = 'instance' AND u.is_operator)
            OR EXISTS (SELECT FROM members m JOIN organizations o ON o.id = m.organization_id
                        WHERE m.user_id = u.id AND o.id = ${organizationId}::uuid
                          AND m.role::text = ANY(${REVIEWING_ROLES})
                          AND (${queue} = 'organization' OR o.reviews_public_pool)))
     LIMIT 1`;
  return rows.length > 0;
}

async function workersOf(userId: string): Promise<string[]> {
  const workers = await db.worker.findMany({ where: { userId }, select: { id: true } });
  return workers.map((worker) => worker.id);
}
