import { Prisma, type Tx } from '@/server/platform/db';

/** A task's seats, counted under its lock. */
export interface Seats {
  /** Answers accepted or waiting for judgement. */
  inHand: number;
  /** Workers at work, including backups. */
  atWork: number;
  /** Votes wanted, minus answers and seated workers; a backup takes no seat. */
  openSeats: number;
}

/** The counts from which seats are computed. */
export interface SeatCounts extends Pick<Seats, 'inHand' | 'atWork'> {
  /** Workers at work who have a seat. */
  seated: number;
}

export function seatsOf(task: { votesWanted: number }, counts: SeatCounts): Seats {
  const { inHand, atWork, seated } = counts;
  return { inHand, atWork, openSeats: Math.max(0, task.votesWanted - inHand - seated) };
}

/** The columns of `SeatCounts`; `taskId` is a column or a value. */
export function seatCounts(taskId: Prisma.Sql): Prisma.Sql {
  const open = Prisma.sql`a.task_id = ${taskId} AND a.status IN ('offered', 'active')`;
  return Prisma.sql`
    (SELECT count(*)::int FROM answers n
      WHERE n.task_id = ${taskId} AND n.status IN ('pending', 'accepted')) AS "inHand",
    (SELECT count(*)::int FROM assignments a WHERE ${open}) AS "atWork",
    (SELECT count(*)::int FROM assignments a WHERE ${open} AND NOT a.backup) AS seated`;
}

/** Recounts a task's seats; the caller writes the result. */
export async function countSeats(
  tx: Tx,
  task: { id: string; votesWanted: number },
): Promise<Seats> {
  const [counts] = await tx.$queryRaw<SeatCounts[]>(
    Prisma.sql`SELECT ${seatCounts(Prisma.sql`${task.id}::uuid`)}`,
  );
  return seatsOf(task, counts ?? { inHand: 0, atWork: 0, seated: 0 });
}
