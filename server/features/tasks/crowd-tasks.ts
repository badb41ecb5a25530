import { ensureCrowd } from '@/server/features/workers';
import { db } from '@/server/platform/db';
import { MAX_REJECTIONS } from './lifecycle';

/** Stand-ins for rejected answers, and for the backup at 80 % of the SLA. */
const STAND_INS = MAX_REJECTIONS + 1;

/** The number of scripted workers a task may use: its script's, plus stand-ins. */
export function crowdSeatsFor(scripted: number, maxVotes: number): number {
  return Math.max(scripted, maxVotes) + STAND_INS;
}

const OPEN = ['posted', 'assigned', 'submitted'] as const;

/** Assigns an organization's open test tasks to its own crowd; current workers keep theirs. */
export async function moveToCrowd(organizationId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE tasks SET crowd_seats = max_votes + ${STAND_INS}::int
     WHERE organization_id = ${organizationId}::uuid AND mode = 'test' AND crowd_seats IS NULL
       AND status IN ('posted', 'assigned', 'submitted') AND reserved_for IS NULL`;
  await crowdOpenTasks(organizationId);
}

/** Creates the crowd needed by the organization's open tasks. */
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
