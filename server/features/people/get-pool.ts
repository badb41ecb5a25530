import { holdsSkills, trustedWith } from '@/server/features/workers';
import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { assertSeesPeople, PEOPLE_MODE } from './access';
import { peopleOf } from './list-people';
import type { PoolFacts } from './schema';

const UNCOVERED_SHOWN = 20;

/** The public pool's setting, and which types would be left without workers if it were disabled. */
export async function getPool(actor: Actor): Promise<PoolFacts> {
  const { organizationId } = assertSeesPeople(actor);
  const owner = Prisma.sql`${organizationId}::uuid`;
  const [organization, [counts], uncovered] = await Promise.all([
    db.organization.findUniqueOrThrow({
      where: { id: organizationId },
      select: { publicPool: true, vettedWorkersOnly: true },
    }),
    db.$queryRaw<{ active: number; online: number }[]>`
      SELECT count(*)::int AS active, (count(*) FILTER (WHERE w.online))::int AS online
        FROM workers w
        LEFT JOIN pool_guests g ON g.worker_id = w.id AND g.organization_id = ${owner}
       WHERE ${peopleOf(organizationId)} AND w.status = 'active'
         AND coalesce(g.status, 'active') = 'active'`,
    db.$queryRaw<PoolFacts['uncovered']>`
      SELECT tt.type, tt.title FROM task_types tt
       WHERE ((tt.organization_id = ${owner} AND tt.mode = ${PEOPLE_MODE}::mode)
              OR (tt.organization_id IS NULL AND EXISTS (
                SELECT FROM tasks t WHERE t.organization_id = ${owner}
                   AND t.mode = ${PEOPLE_MODE}::mode AND t.type = tt.type)))
         AND NOT EXISTS (
           SELECT FROM workers w
             LEFT JOIN pool_guests g ON g.worker_id = w.id AND g.organization_id = ${owner}
            WHERE ${peopleOf(organizationId)} AND w.status = 'active'
              AND coalesce(g.status, 'active') = 'active'
              AND ${trustedWith(owner, Prisma.sql`tt.type`, Prisma.sql`coalesce(tt.risk_tier, 'medium')`)}
              AND ${holdsSkills(Prisma.sql`tt.skills_required`, owner)})
       ORDER BY tt.title LIMIT ${UNCOVERED_SHOWN}`,
  ]);
  return { ...organization, active: counts?.active ?? 0, online: counts?.online ?? 0, uncovered };
}
