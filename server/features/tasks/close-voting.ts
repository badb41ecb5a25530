import { clock } from '@/server/platform/clock';
import { db, Prisma, transaction } from '@/server/platform/db';
import { timePassesSql } from '@/server/platform/test-clock';
import { countSeats } from './count-seats';
import { announceAnswered } from './hints';
import { lockTask } from './lock-task';
import { transition } from './transition';
import { LAST_CALL } from './windows';

/**
 * Ends the wait for a vote beyond `min_votes`: the answers in hand are judged for good, rather than lost
 * with the task. A task that has too few of them is left alone.
 * @param options.evenIfAtWork also where somebody has the task now.
 * @returns true where this call ended it.
 */
export async function closeVoting(
  taskId: string,
  { evenIfAtWork }: { evenIfAtWork: boolean },
): Promise<boolean> {
  const closed = await transaction(async (tx) => {
    const task = await lockTask(tx, taskId);
    if (task?.status !== 'posted' && task?.status !== 'assigned') return false;
    const { minVotes } = await tx.task.findUniqueOrThrow({
      where: { id: taskId },
      select: { minVotes: true },
    });
    const { inHand, atWork } = await countSeats(tx, task);
    if (inHand < minVotes || (atWork > 0 && !evenIfAtWork)) return false;
    const by = 'system';
    if (task.status === 'posted') await transition(tx, { taskId, action: 'assign', by });
    const set = { votesWanted: inHand, openSeats: 0, submittedAt: clock.now() };
    const data = { reason: 'no_more_votes' };
    return (await transition(tx, { taskId, action: 'submit', by, set, data })) !== null;
  });
  if (closed) announceAnswered([taskId]);
  return closed;
}

/** Closes what a lost timer left open: tasks past their last call, up to 500. @returns how many. */
export async function closeOverdueVotings(): Promise<number> {
  const now = clock.now();
  const overdue = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT t.id FROM tasks t
     WHERE t.status IN ('posted', 'assigned') AND t.votes_accepted >= t.min_votes AND t.expires_at > ${now}
       AND ${await timePassesSql('t')}
       AND t.expires_at <= ${now}::timestamptz + t.sla_seconds * ${1 - LAST_CALL}::float8 * interval '1 second'
     LIMIT 500`);
  let count = 0;
  for (const { id } of overdue) if (await closeVoting(id, { evenIfAtWork: true })) count++;
  return count;
}
