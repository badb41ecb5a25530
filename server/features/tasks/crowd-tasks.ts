import { ensureCrowd } from '@/server/features/workers';
import { db } from '@/server/platform/db';
import { MAX_REJECTIONS } from './lifecycle';

/** For answers that are rejected, and for the backup at 80 % of the SLA. */
const STAND_INS = MAX_REJECTIONS + 1;

/** How many of an organization's scripted workers a task is for: its script's, and as many more as it can need. */
export function crowdSeatsFor(scripted: number, maxVotes: number): number {
  return Math.max(scripted, maxVotes) + STAND_INS;
}

const OPEN = ['posted', 'assigned', 'submitted'] as const;

/** From now on an organization's open test tasks are for its own crowd; whoever is at one keeps it. */
export async function moveToCrowd(organizationId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE tasks SET crowd_seats = max_votes + ${STAND_INS}::int
     WHERE organization_id = ${organizationId}::uuid AND mode = 'test' AND crowd_seats IS NULL
       AND status IN ('posted', 'assigned', 'submitted') AND reserved_for IS NULL`;
  await crowdOpenTasks(organizationId);
}

/** Sees to it that the crowd is there that the organization's open tasks are for. */
export async function crowdOpenTasks(organizationId: string): Promise<void> {
  const tasks = await db.task.findMany({
    where: {
      organizationId,
      mode: 'test',
      status: { in: [...OPEN] },
      crowdSeats: { not: null },
    },
    select: { crowdSeats: true, skillsRequired: true },
  });
  if (tasks.length === 0) return;
  const seats = Math.max(...tasks.map(({ crowdSeats }) => crowdSeats ?? 0));
  const skills = new Set(tasks.flatMap(({ skillsRequired }) => skillsRequired));
  await ensureCrowd(organizationId, seats, [...skills]);
}
