import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { inRound, ROUND_MAX, type Round } from '@/server/platform/rounds';
import { timePassesSql } from '@/server/platform/test-clock';
import { callForBackup } from './backup-call';
import { closeVoting } from './close-voting';
import { expireTask } from './expire-task';
import { afterShare, BACKUP_CALL, LAST_CALL } from './windows';

interface Waking {
  id: string;
  slaSeconds: number;
  expiresAt: Date;
  /** Whether a vote beyond the minimum can be bought. */
  hasSpareVotes: boolean;
}

const OPEN = Prisma.sql`t.status IN ('posted', 'assigned', 'submitted')`;
/** Retry delay of a failing task, so that it does not block others. */
const RETRY_MS = 60_000;

/**
 * Handles due deadlines of open tasks: at 80 % of the SLA calls a backup and stops waiting for
 * optional votes that nobody has taken; at 95 % also for those in progress; at the end expires the
 * task. Idempotent.
 */
export async function meetDeadlines(): Promise<Round> {
  const now = clock.now();
  const due = await db.$queryRaw<Waking[]>(Prisma.sql`
    SELECT t.id::text AS id, t.sla_seconds AS "slaSeconds", t.expires_at AS "expiresAt",
           t.max_votes > t.min_votes AS "hasSpareVotes"
      FROM tasks t WHERE ${OPEN} AND t.wakes_at <= ${now} AND ${await timePassesSql('t')}
     ORDER BY t.wakes_at LIMIT ${ROUND_MAX}`);
  if (due.length === 0) return { done: 0, isFull: false };
  const round = await inRound('Failed to handle a deadline', due, (task) => meet(task, now));
  await setNext(due, now);
  return { ...round, isFull: due.length >= ROUND_MAX };
}

/** The next deadline of an open task; null if none is open. */
export async function nextDeadlineAt(): Promise<Date | null> {
  const [next] = await db.$queryRaw<{ wakesAt: Date }[]>(Prisma.sql`
    SELECT t.wakes_at AS "wakesAt" FROM tasks t WHERE ${OPEN} AND ${await timePassesSql('t')}
     ORDER BY t.wakes_at LIMIT 1`);
  return next?.wakesAt ?? null;
}

async function meet(task: Waking, now: Date): Promise<boolean> {
  const { id, hasSpareVotes } = task;
  if (task.expiresAt <= now) return expireTask(id);
  const isLastCall = afterShare(LAST_CALL, task) <= now;
  if (isLastCall) return hasSpareVotes && closeVoting(id, { evenIfAtWork: true });
  if (afterShare(BACKUP_CALL, task) > now) return false;
  const isCalled = await callForBackup(id);
  const isClosed = hasSpareVotes && (await closeVoting(id, { evenIfAtWork: false }));
  return isCalled || isClosed;
}

/** Schedules the tasks that are still open for their next deadline. */
async function setNext(tasks: readonly Waking[], now: Date): Promise<void> {
  const next = tasks.map((task) => ({ id: task.id, at: nextOf(task, now) }));
  await db.$executeRaw`
    UPDATE tasks t SET wakes_at = n.at
      FROM jsonb_to_recordset(${JSON.stringify(next)}::jsonb) AS n(id uuid, at timestamptz)
     WHERE t.id = n.id AND ${OPEN}`;
}

function nextOf(task: Waking, now: Date): Date {
  const lastCalls = task.hasSpareVotes ? [afterShare(LAST_CALL, task)] : [];
  const instants = [afterShare(BACKUP_CALL, task), ...lastCalls, task.expiresAt];
  return instants.find((at) => at > now) ?? new Date(now.getTime() + RETRY_MS);
}
