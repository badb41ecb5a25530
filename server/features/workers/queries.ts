import type { RiskTier, WorkerStatus } from '@/prisma/generated/client';
import type { Mode, WorkerActor } from '@/server/platform/actor';
import { db, Prisma } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { remembered } from '@/server/platform/remembered';
import { holdsSkills, inPool, trustedWith } from './in-pool';

export interface WorkerProfile {
  id: string;
  displayName: string;
  mode: Mode;
  status: WorkerStatus;
  tier: RiskTier;
  online: boolean;
  onCall: boolean;
  /** How many tasks at once. */
  capacity: number;
  skills: { name: string; paused: boolean }[];
  payoutRail: string;
  payoutDestination: string | null;
  lastSeenAt: Date | null;
}

/**
 * The worker's own profile.
 * @throws NotFound
 */
export async function getWorkerProfile(actor: WorkerActor): Promise<WorkerProfile> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { skills: { orderBy: { skill: 'asc' } } },
  });
  if (!worker) throw new NotFound('worker');
  return {
    id: worker.id,
    displayName: worker.displayName,
    mode: worker.mode,
    status: worker.status,
    tier: worker.tier,
    online: worker.online,
    onCall: worker.onCall,
    capacity: worker.capacity,
    skills: worker.skills.map(({ skill, paused }) => ({ name: skill, paused })),
    payoutRail: worker.payoutRail,
    payoutDestination: worker.payoutDestination,
    lastSeenAt: worker.lastSeenAt,
  };
}

/** The user's worker in a mode, or null. */
export async function workerActorFor(
  userId: string,
  mode: Mode = 'live',
): Promise<WorkerActor | null> {
  const worker = await db.worker.findUnique({ where: { userId_mode: { userId, mode } } });
  return worker ? { kind: 'worker', workerId: worker.id, userId, mode } : null;
}

/** A task's requirements for workers. */
export interface Eligibility {
  mode: Mode;
  type: string;
  skills: readonly string[];
  riskTier: RiskTier;
  organizationId: string;
  /** Restricts to this organization's own people; null or omitted includes the public pool. */
  poolOrganizationId?: string | null;
}

function eligible(wanted: Eligibility): Prisma.Sql {
  const organizationId = Prisma.sql`${wanted.organizationId}::uuid`;
  const closedTo = Prisma.sql`${wanted.poolOrganizationId ?? null}::uuid`;
  const skills = Prisma.sql`${[...new Set(wanted.skills)]}::text[]`;
  return Prisma.sql`
    w.mode = ${wanted.mode}::mode AND w.status = 'active' AND w.script_seat IS NULL
    AND ${trustedWith(organizationId, Prisma.sql`${wanted.type}`, Prisma.sql`${wanted.riskTier}::risk_tier`)}
    AND ${inPool(organizationId, closedTo)}
    AND ${holdsSkills(skills, organizationId)}`;
}

/** The number of workers, online or not, who could take such a task. */
export async function countEligibleWorkers(
  wanted: Eligibility,
): Promise<{ total: number; online: number }> {
  const [row] = await db.$queryRaw<{ total: number; online: number }[]>`
    SELECT count(*)::int AS total, (count(*) FILTER (WHERE w.online))::int AS online
      FROM workers w
     WHERE ${eligible(wanted)}`;
  return row ?? { total: 0, online: 0 };
}

/**
 * Whether any worker, online or not, could take such a task. Only positive results are cached, for
 * five seconds.
 */
export const hasEligibleWorker = remembered({
  name: 'workers.has-eligible',
  read: async (wanted: Eligibility): Promise<boolean> => {
    const [row] = await db.$queryRaw<{ found: boolean }[]>`
      SELECT EXISTS (SELECT FROM workers w WHERE ${eligible(wanted)}) AS found`;
    return row?.found ?? false;
  },
  keyOf: ({ mode, type, skills, riskTier, organizationId, poolOrganizationId }) =>
    JSON.stringify([mode, type, riskTier, organizationId, poolOrganizationId, skills]),
  freshMs: (found) => (found ? 5_000 : 0),
  most: 5_000,
});
