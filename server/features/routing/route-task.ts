import { assignWorkers } from '@/server/features/tasks';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import { findOpening, type Opening } from './find-opening';
import { GivenOut } from './given-out';
import { type Candidate, rank, TYPICAL_SHARE } from './score';

/** Tasks that are routed by the same statements. */
const BATCH = 50;

const needsOf = ({ expiresAt, slaSeconds }: Opening) => ({
  remainingSeconds: (expiresAt.getTime() - clock.nowMs()) / 1000,
  typicalSeconds: slaSeconds * TYPICAL_SHARE,
});

/**
 * Fills a task's open seats with the best workers who are free now. Idempotent: called after create,
 * release, lapse, rejection, when a worker comes online, and by the sweep.
 * @returns the ids of the assignments made.
 */
export function routeTask(taskId: string): Promise<string[]> {
  return routeTasks([taskId]);
}

/**
 * `routeTask` for many tasks with few statements; where workers are scarce, earlier ids come first.
 * One task's failure does not keep the others of its batch from being routed.
 * @returns the ids of the assignments made.
 */
export async function routeTasks(taskIds: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (let from = 0; from < taskIds.length; from += BATCH) {
    made.push(...(await routeBatch(taskIds.slice(from, from + BATCH))));
  }
  return made;
}

async function routeBatch(taskIds: readonly string[]): Promise<string[]> {
  const made: string[] = [];
  for (let left = taskIds; left.length > 0; ) {
    const given = new GivenOut();
    const openings = await Promise.all(left.map(findOpening));
    const filled = await Promise.allSettled(
      openings.map((opening, n) => fill(left[n] ?? '', opening, given)),
    );
    const before = made.length;
    for (const each of filled) if (each.status === 'fulfilled') made.push(...each.value);
    const failed = filled.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    if (made.length === before) break;
    // Others may be free than those who were read, all of whom have been given something by now.
    left = left.filter((_, n) => {
      const { openSeats = 0, mayHaveMore = false } = openings[n] ?? {};
      const seated = filled[n]?.status === 'fulfilled' ? filled[n].value.length : 0;
      return mayHaveMore && seated < openSeats;
    });
  }
  return made;
}

async function fill(taskId: string, opening: Opening | null, given: GivenOut): Promise<string[]> {
  if (!opening || opening.openSeats <= 0) return [];
  return assignBest(taskId, opening, { wanted: opening.openSeats, backup: false, given });
}

/**
 * At 80 % of the SLA: offers the task to one more worker, beside whoever has it. The first valid
 * answer wins.
 */
export async function callBackup(taskId: string): Promise<string[]> {
  const opening = await findOpening(taskId);
  if (!opening) return [];
  const given = new GivenOut();
  if (opening.openSeats > 0) return fill(taskId, opening, given);
  if (!opening.takesBackup) return [];
  const made = await assignBest(taskId, opening, { wanted: 1, backup: true, given });
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
  { wanted, backup, given }: { wanted: number; backup: boolean; given: GivenOut },
): Promise<string[]> {
  const made: string[] = [];
  let untried: readonly Candidate[] = opening.candidates;
  // The best are asked for together; where some are no longer free, the next best follow.
  while (made.length < wanted) {
    const ranked = rank(given.free(untried), needsOf(opening));
    const chosen = ranked.slice(0, wanted - made.length);
    if (chosen.length === 0) break;
    const workerIds = chosen.map(({ workerId }) => workerId);
    untried = untried.filter(({ workerId }) => !workerIds.includes(workerId));
    given.give(chosen);
    const seats = { taskId, workerIds, status: 'offered', backup, by: 'routing' } as const;
    made.push(...(await assignWorkers(seats)));
  }
  if (made.length > 0) kickOutbox();
  return made;
}
