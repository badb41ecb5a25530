import { clock } from '@/server/platform/clock';
import { db, Prisma, type Tx, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';

/** Scripted workers take any number of tasks at once. */
const CAPACITY = 1_000_000;

/**
 * Creates the missing simulated workers for an organization's scripts, from seat 0 on. The same
 * worker has the same seat on every task, so that its track record accumulates. They have the
 * required skills, and see no other organization's tasks. Idempotent.
 */
export async function ensureCrowd(
  organizationId: string,
  seats: number,
  skills: readonly string[],
): Promise<void> {
  const [there] = await db.$queryRaw<{ workers: number; held: number }[]>`
    SELECT count(*)::int AS workers,
           coalesce(sum((SELECT count(*) FROM worker_skills s
                          WHERE s.worker_id = w.id AND s.skill = ANY(${[...skills]}::text[]))), 0)::int
             AS held
      FROM workers w
     WHERE w.scripted_for = ${organizationId}::uuid AND w.script_seat < ${seats}`;
  if (there?.workers === seats && there.held === seats * skills.length) return;
  await transaction(async (tx) => {
    await takeSeats(tx, organizationId, seats);
    if (skills.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO worker_skills (worker_id, skill, granted_at)
      SELECT w.id, s.name, ${clock.now()} FROM workers w
       CROSS JOIN unnest(${[...skills]}::text[]) AS s(name)
       WHERE w.scripted_for = ${organizationId}::uuid AND w.script_seat < ${seats}
          ON CONFLICT DO NOTHING`;
  });
}

async function takeSeats(tx: Tx, organizationId: string, seats: number): Promise<void> {
  const there = await tx.worker.findMany({
    where: { scriptedFor: organizationId, scriptSeat: { lt: seats } },
    select: { scriptSeat: true },
  });
  const taken = new Set(there.map(({ scriptSeat }) => scriptSeat));
  const missing = Array.from({ length: seats }, (_, seat) => seat).filter(
    (seat) => !taken.has(seat),
  );
  if (missing.length === 0) return;
  const now = clock.now();
  await tx.worker.createMany({
    data: missing.map((scriptSeat) => ({
      id: newId(),
      mode: 'test' as const,
      displayName: `Scripted worker ${scriptSeat + 1}`,
      tier: 'critical' as const,
      simulated: true,
      scriptedFor: organizationId,
      scriptSeat,
      online: true,
      capacity: CAPACITY,
      payoutRail: 'sandbox',
      lastSeenAt: now,
      createdAt: now,
    })),
    skipDuplicates: true,
  });
}

/** Retires the crowd: the next scripts use new workers without a track record. */
export async function dismissCrowd(tx: Tx, organizationId: string): Promise<void> {
  await tx.worker.updateMany({
    where: { scriptedFor: organizationId, scriptSeat: { not: null } },
    data: { scriptedFor: null, scriptSeat: null, status: 'paused', online: false },
  });
}

/** Whether worker `w` belongs to a retired crowd, whose answers are no evidence. */
export const IS_DISMISSED = Prisma.sql`(w.simulated AND w.status = 'paused')`;
