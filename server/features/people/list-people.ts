import { standingsOf, typeStandingsOf } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { type Page, pageOf } from '@/server/platform/page';
import { assertSeesPeople, PEOPLE_MODE } from './access';
import { readPace } from './read-pace';
import { ListPeopleQuery, type Person, type PersonSkill, type Tier } from './schema';

interface Row {
  id: string;
  name: string;
  email: string | null;
  guest: boolean;
  status: 'active' | 'paused';
  pausedElsewhere: boolean;
  tier: Tier;
  tierAuto: boolean;
  reliability: number;
  online: boolean;
  lastSeenAt: Date | null;
  joinedAt: Date;
  open: number;
  capacity: number;
  grantedSkills: string[];
  version: number;
}

/** The organization's people as `workers w`: its own that were not removed, and its guests. */
export function peopleOf(organizationId: string): Prisma.Sql {
  return Prisma.sql`w.mode = ${PEOPLE_MODE}::mode AND w.id IN (
    SELECT id FROM workers
     WHERE pool_organization_id = ${organizationId}::uuid AND removed_at IS NULL
     UNION
    SELECT worker_id FROM pool_guests WHERE organization_id = ${organizationId}::uuid)`;
}

/**
 * A page of the organization's people, newest first, with their track record. Never includes
 * workers of the public pool, who are anonymous to customers.
 * @throws NotFound, Forbidden unless the actor is a member.
 */
export async function listPeople(actor: Actor, input: ListPeopleQuery): Promise<Page<Person>> {
  const { organizationId } = assertSeesPeople(actor);
  const query = ListPeopleQuery.parse(input);
  const rows = await db.$queryRaw<Row[]>`
    SELECT w.id, w.display_name AS name, u.email, (w.pool_organization_id IS DISTINCT FROM
             ${organizationId}::uuid) AS guest,
           coalesce(g.status, w.status) AS status,
           (g.worker_id IS NOT NULL AND w.status = 'paused') AS "pausedElsewhere",
           w.tier, w.tier_auto AS "tierAuto", w.reliability, w.online, w.last_seen_at AS "lastSeenAt", w.capacity,
           coalesce(g.created_at, w.created_at) AS "joinedAt",
           coalesce(g.skills, ARRAY[]::text[]) AS "grantedSkills",
           coalesce(g.version, w.version) AS version,
           (SELECT count(*)::int FROM assignments a JOIN tasks t ON t.id = a.task_id
             WHERE a.worker_id = w.id AND a.status IN ('offered', 'active')
               AND (g.worker_id IS NULL OR t.organization_id = ${organizationId}::uuid)) AS open
      FROM workers w
      LEFT JOIN users u ON u.id = w.user_id
      LEFT JOIN pool_guests g ON g.worker_id = w.id AND g.organization_id = ${organizationId}::uuid
     WHERE ${peopleOf(organizationId)} ${narrowing(query)}
     ORDER BY w.id DESC LIMIT ${query.limit + 1}`;
  const ids = rows.map(({ id }) => id);
  const [standings, types, records, pace] = await Promise.all([
    standingsOf(ids, PEOPLE_MODE, organizationId),
    typeStandingsOf(rows, { mode: PEOPLE_MODE, organizationId }),
    readAnswers(organizationId, ids),
    readPace(organizationId, ids),
  ]);
  return pageOf(rows, query.limit, ({ id, reliability: _, ...row }) => {
    const own: PersonSkill[] = (standings.get(id) ?? []).map(
      ({ skill, paused, accuracy: mean, lower, upper, correct, total }) => ({
        skill,
        paused,
        accuracy: { mean, lower, upper, correct, total },
      }),
    );
    const granted = row.grantedSkills.filter((skill) => own.every((each) => each.skill !== skill));
    return {
      ...row,
      workerId: id,
      skills: [...own, ...granted.map((skill) => ({ skill, paused: false, accuracy: null }))],
      types: (types.get(id) ?? []).map(({ organizationId: __, ...type }) => type),
      answers: records.get(id) ?? { accepted: 0, rejected: 0 },
      pace: pace.get(id) ?? [],
    };
  });
}

function narrowing(query: ListPeopleQuery): Prisma.Sql {
  const pattern = query.search ? `%${query.search.replace(/[\\%_]/g, '\\$&')}%` : null;
  const conditions = [
    query.after && Prisma.sql`AND w.id < ${query.after}::uuid`,
    pattern && Prisma.sql`AND (w.display_name ILIKE ${pattern} OR u.email ILIKE ${pattern})`,
    query.skill &&
      Prisma.sql`AND (${query.skill} = ANY(g.skills) OR EXISTS (
        SELECT FROM worker_skills s WHERE s.worker_id = w.id AND s.skill = ${query.skill}))`,
    query.state === 'online' && Prisma.sql`AND w.online`,
    query.state === 'active' && Prisma.sql`AND coalesce(g.status, w.status) = 'active'`,
    query.state === 'paused' && Prisma.sql`AND coalesce(g.status, w.status) = 'paused'`,
  ].filter((condition) => condition instanceof Prisma.Sql);
  return conditions.length > 0 ? Prisma.join(conditions, ' ') : Prisma.empty;
}

/** Outcomes of their answers to the organization's own tasks, without golds. */
async function readAnswers(organizationId: string, ids: readonly string[]) {
  const rows = await db.$queryRaw<{ id: string; accepted: number; rejected: number }[]>`
    SELECT a.worker_id AS id, (count(*) FILTER (WHERE a.status = 'accepted'))::int AS accepted,
           (count(*) FILTER (WHERE a.status = 'rejected'))::int AS rejected
      FROM answers a JOIN tasks t ON t.id = a.task_id
     WHERE a.worker_id = ANY(${ids}::uuid[]) AND t.organization_id = ${organizationId}::uuid
       AND t.reserved_for IS NULL
     GROUP BY a.worker_id`;
  return new Map(rows.map(({ id, accepted, rejected }) => [id, { accepted, rejected }]));
}
