import type { Prisma } from '@/prisma/generated/client';
import { recordsOf, standingsOf, typeStandingsOf } from '@/server/features/verification';
import type { Actor, Mode } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { Forbidden } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { type Page, pageOf } from '@/server/platform/page';
import { applicationsOf } from './applications';
import type { WORKER_STATES } from './policy';
import { FindWorkers, type WorkerLine } from './schema';

type State = (typeof WORKER_STATES)[number];

/** Operators see every worker of their current mode. */
function visibleTo(actor: Actor): { mode: Mode } {
  if (actor.kind === 'operator') return { mode: actor.mode };
  throw new Forbidden('not_allowed', 'Only operators can list workers.');
}

const WHERE: Record<State, Prisma.WorkerWhereInput> = {
  waiting: { vetting: 'waiting' },
  active: { status: 'active' },
  online: { online: true },
  paused: { status: 'paused', vetting: 'approved' },
  rejected: { vetting: 'rejected' },
};

/**
 * A page of workers, newest first, with their track record.
 * @throws Forbidden unless the actor is an operator.
 */
export async function findWorkers(actor: Actor, input: FindWorkers): Promise<Page<WorkerLine>> {
  const { state, search, skill, after, limit } = FindWorkers.parse(input);
  const conditions: Prisma.WorkerWhereInput[] = [visibleTo(actor)];
  if (state) conditions.push(WHERE[state]);
  if (skill) conditions.push({ skills: { some: { skill } } });
  if (after) conditions.push({ id: { lt: after } });
  if (search) conditions.push(isUuid(search) ? { id: search } : nameOrAddress(search));
  const rows = await db.worker.findMany({
    where: { AND: conditions },
    orderBy: { id: 'desc' },
    take: limit + 1,
    include: { user: { select: { email: true } }, skills: { orderBy: { skill: 'asc' } } },
  });
  const ids = rows.map(({ id }) => id);
  const { mode } = visibleTo(actor);
  const [records, standings, types, failed, applicationOf] = await Promise.all([
    recordsOf(ids),
    standingsOf(ids, mode),
    typeStandingsOf(rows, { mode, organizationId: null }),
    db.quiz.groupBy({
      by: ['workerId', 'skill'],
      where: { workerId: { in: ids }, status: 'failed', pardonedAt: null, pauseId: null },
      _count: true,
      orderBy: { skill: 'asc' },
    }),
    applicationsOf(ids),
  ]);
  const named = await namesOf([
    ...rows.flatMap(({ poolOrganizationId }) => poolOrganizationId ?? []),
    ...[...types.values()].flat().map(({ organizationId }) => organizationId),
  ]);
  return pageOf(rows, limit, (row): WorkerLine => {
    const own = records.filter(({ workerId }) => workerId === row.id);
    return {
      id: row.id,
      name: row.displayName,
      email: row.user?.email ?? null,
      status: row.status,
      vetting: row.vetting,
      vettingReason: row.vettingReason,
      vetted: row.vettedAt !== null,
      tier: row.tier,
      tierAuto: row.tierAuto,
      online: row.online,
      simulated: row.simulated,
      poolName: named.get(row.poolOrganizationId ?? '') ?? null,
      createdAt: row.createdAt,
      lastSeenAt: row.lastSeenAt,
      reliability: row.reliability,
      answers: {
        accepted: own.reduce((sum, each) => sum + each.accepted, 0),
        rejected: own.reduce((sum, each) => sum + each.rejected, 0),
      },
      skills: standings.get(row.id) ?? [],
      types: (types.get(row.id) ?? []).map((type) => ({
        ...type,
        organization: named.get(type.organizationId) ?? 'A deleted organization',
      })),
      failedTries: failed
        .filter(({ workerId }) => workerId === row.id)
        .map(({ skill: name, _count }) => ({ skill: name, tries: _count })),
      ...applicationOf(row.id),
    };
  });
}

async function namesOf(ids: readonly string[]): Promise<Map<string, string>> {
  const organizations = await db.organization.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, name: true },
  });
  return new Map(organizations.map(({ id, name }) => [id, name]));
}

function nameOrAddress(search: string): Prisma.WorkerWhereInput {
  // Search text is literal: wildcards are escaped.
  const literal = search.replace(/[\\%_]/g, '\\$&');
  const contains = { contains: literal, mode: 'insensitive' as const };
  return { OR: [{ displayName: contains }, { user: { email: contains } }] };
}

/**
 * The number of workers in each state, in the operator's mode.
 * @throws Forbidden unless the actor is an operator.
 */
export async function countWorkers(actor: Actor): Promise<Record<State, number>> {
  const mode = visibleTo(actor);
  const states = Object.entries(WHERE) as [State, Prisma.WorkerWhereInput][];
  const counts = await Promise.all(
    states.map(async ([state, where]) => [
      state,
      await db.worker.count({ where: { AND: [mode, where] } }),
    ]),
  );
  return Object.fromEntries(counts) as Record<State, number>;
}
