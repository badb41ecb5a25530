import { clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { db, Prisma, transaction } from '@/server/platform/db';
import { kickOutbox } from '@/server/platform/outbox';
import { inRound, ROUND_MAX, type Round } from '@/server/platform/rounds';
import { timePassesSql } from '@/server/platform/test-clock';
import { together } from '@/server/platform/together';
import { endTurns, hasWaitingAnswer } from './end-turns';

interface Open {
  id: string;
  taskId: string;
}

/**
 * Ends an assignment whose window has passed, so that the task is routed again. Re-reads state, so
 * early or repeated calls do nothing.
 * @returns true if this call ended it.
 */
export async function lapseAssignment(assignmentId: string): Promise<boolean> {
  const due = await db.assignment.findFirst({
    where: { id: assignmentId, status: { in: ['offered', 'active'] } },
    select: { id: true, taskId: true },
  });
  return due !== null && lapse(due);
}

/** Lapses overdue assignments, longest overdue first. */
export async function lapseDueAssignments(): Promise<Round> {
  return inRound('Failed to lapse an assignment', await findOpen(clock.now()), lapse);
}

/** When the next assignment lapses; null if none is open. */
export async function nextLapseAt(): Promise<Date | null> {
  const [next] = await findOpen(null, 1);
  return next?.lapsesAt ?? null;
}

/**
 * Open assignments without an answer in its undo window, up to 500; optionally only overdue ones.
 */
async function findOpen(
  by: Date | null,
  limit = ROUND_MAX,
): Promise<(Open & { lapsesAt: Date })[]> {
  return db.$queryRaw<(Open & { lapsesAt: Date })[]>(Prisma.sql`
    SELECT a.id::text AS id, a.task_id::text AS "taskId", a.lapses_at AS "lapsesAt"
      FROM assignments a JOIN tasks t ON t.id = a.task_id
     WHERE a.status IN ('offered', 'active') AND ${await timePassesSql('t')}
       AND ${by ? Prisma.sql`a.lapses_at <= ${by}` : Prisma.sql`true`}
       AND NOT ${hasWaitingAnswer(Prisma.sql`a`)}
     ORDER BY a.lapses_at LIMIT ${limit}`);
}

async function lapse({ id, taskId }: Open): Promise<boolean> {
  const lapsed = await lapseTogether({ id, taskId, at: standingClock() });
  if (lapsed) kickOutbox();
  return lapsed;
}

const lapseTogether = together(
  (due: readonly (Open & { at: StandingClock | undefined })[]) =>
    transaction((tx) =>
      endTurns(
        tx,
        due.map(({ id, taskId, at }) => ({
          ...{ taskId, assignmentId: id, to: 'lapsed', by: 'system', at },
          reason: 'This assignment has expired.',
        })),
      ),
    ),
  { most: 50, atOnce: 2, keyOf: ({ id }) => id },
);
