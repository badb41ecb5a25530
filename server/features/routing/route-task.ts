import { assignWorkers } from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import { findOpening, type Opening } from './find-opening';
import { rank, TYPICAL_SHARE } from './score';

const needsOf = ({ expiresAt, slaSeconds }: Opening) => ({
  remainingSeconds: (expiresAt.getTime() - clock.nowMs()) / 1000,
  typicalSeconds: slaSeconds * TYPICAL_SHARE,
});

/**
 * Fills a task's open seats with the best available workers. Called after create, release, lapse,
 * rejection, when a worker comes online, and by the sweep; idempotent.
 * @returns the assignments created.
 */
export async function routeTask(taskId: string): Promise<string[]> {
  const opening = await findOpening(taskId);
  if (!opening || opening.openSeats <= 0) return [];
  return assignBest(taskId, opening, opening.openSeats, false);
}

/**
 * At 80 % of the SLA: offers the task to one more worker in addition. The first valid answer wins.
 */
export async function callBackup(taskId: string): Promise<string[]> {
  const opening = await findOpening(taskId);
  if (!opening) return [];
  if (opening.openSeats > 0) return assignBest(taskId, opening, opening.openSeats, false);
  if (!opening.takesBackup) return [];
  const made = await assignBest(taskId, opening, 1, true);
  if (made.length > 0) await noteCalled({ taskId, at: clock.now() });
  return made;
}

const noteCalled = together(async (called: readonly { taskId: string; at: Date }[]) => {
  await db.$executeRaw`
    UPDATE tasks t SET backup_called_at = c.at
      FROM jsonb_to_recordset(${JSON.stringify(called)}::jsonb) AS c("taskId" uuid, at timestamptz)
     WHERE t.id = c."taskId"`;
  return called.map(() => undefined);
});

async function assignBest(
  taskId: string,
  opening: Opening,
  wanted: number,
  backup: boolean,
): Promise<string[]> {
  const ranked = rank(opening.candidates, needsOf(opening));
  const made: string[] = [];
  // Assigns the best ones together; if some are no longer available, continues with the next best.
  for (let next = 0; next < ranked.length && made.length < wanted; ) {
    const chosen = ranked.slice(next, next + wanted - made.length);
    next += chosen.length;
    const workerIds = chosen.map(({ workerId }) => workerId);
    const seats = { taskId, workerIds, status: 'offered', backup, by: 'routing' } as const;
    made.push(...(await assignWorkers(seats)));
  }
  if (made.length > 0) kickOutbox();
  return made;
}
