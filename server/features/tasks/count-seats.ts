import type { Tx } from '@/server/platform/db';

/** How a task's seats stand, counted under its lock. */
export interface Seats {
  /** Answers that were accepted or wait for judgement. */
  inHand: number;
  /** Workers at work, backups among them. */
  atWork: number;
  /** Votes wanted, less answers in hand and workers seated; a backup takes no seat. */
  openSeats: number;
}

/** Counts a task's seats anew; whoever ends an assignment or takes an answer writes the result. */
export async function countSeats(
  tx: Tx,
  task: { id: string; votesWanted: number },
): Promise<Seats> {
  const open = await tx.assignment.findMany({
    where: { taskId: task.id, status: { in: ['offered', 'active'] } },
    select: { backup: true },
  });
  const inHand = await tx.answer.count({
    where: { taskId: task.id, status: { in: ['pending', 'accepted'] } },
  });
  const seated = open.filter((each) => !each.backup).length;
  const openSeats = Math.max(0, task.votesWanted - inHand - seated);
  return { inHand, atWork: open.length, openSeats };
}
