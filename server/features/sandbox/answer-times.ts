import { Prisma, type Tx } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { isSilent, scriptOf, thinkMs } from './script';

/**
 * Workers who think longer than this start the task first, because an offer expires after 20
 * seconds at the earliest.
 */
const START_FIRST_MS = 10_000;

interface Simulated {
  assignmentId: string;
  createdAt: Date;
  workerId: string;
  scriptSeat: number | null;
  /** The worker's seat in the crowd, else the number of earlier assignments of the task. */
  turn: number;
  id: string;
  sandbox: unknown;
  payload: Prisma.JsonValue;
  crowdSeats: number | null;
}

/** When a simulated worker starts and answers. */
interface Times {
  assignmentId: string;
  events: OutgoingEvent[];
  /** Null if it stays silent. */
  answersAt: Date | null;
}

/** The start and answer times of simulated workers among these assignments, as events. */
export async function answerTimes(
  tx: Pick<Tx, '$queryRaw'>,
  assignmentIds: readonly string[],
): Promise<OutgoingEvent[]> {
  return (await timesOf(tx, assignmentIds)).flatMap(({ events }) => events);
}

/** The same, stored on the assignments for the clock. */
export async function setAnswerTimes(
  tx: Tx,
  assignmentIds: readonly string[],
): Promise<OutgoingEvent[]> {
  const times = await timesOf(tx, assignmentIds);
  const due = times.filter(({ answersAt }) => answersAt !== null);
  if (due.length > 0) {
    const rows = due.map(({ assignmentId, answersAt }) => ({ id: assignmentId, at: answersAt }));
    await tx.$executeRaw`
      UPDATE assignments a SET answers_at = r.at
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(id uuid, at timestamptz)
       WHERE a.id = r.id AND a.status IN ('offered', 'active')`;
  }
  return times.flatMap(({ events }) => events);
}

async function timesOf(
  tx: Pick<Tx, '$queryRaw'>,
  assignmentIds: readonly string[],
): Promise<Times[]> {
  if (assignmentIds.length === 0) return [];
  const rows = await tx.$queryRaw<Simulated[]>(Prisma.sql`
    SELECT a.id::text AS "assignmentId", a.created_at AS "createdAt", w.id::text AS "workerId",
           w.script_seat AS "scriptSeat", ${TURN} AS turn, t.id::text AS id, t.sandbox, t.payload,
           t.crowd_seats AS "crowdSeats"
      FROM assignments a JOIN tasks t ON t.id = a.task_id
      JOIN workers w ON w.id = a.worker_id AND w.simulated
     WHERE a.id = ANY(${[...assignmentIds]}::uuid[]) AND a.status IN ('offered', 'active')
     ORDER BY a.id`);
  return rows.map(toTimes);
}

/** The seat of `workers w` in the crowd, else the number of earlier assignments of the task. */
export const TURN = Prisma.sql`
  coalesce(w.script_seat, (SELECT count(*)::int FROM assignments before
                            WHERE before.task_id = t.id AND before.id < a.id))`;

function toTimes({
  assignmentId,
  createdAt,
  workerId,
  scriptSeat,
  turn,
  ...task
}: Simulated): Times {
  const script = scriptOf(task);
  const name = scriptSeat === null ? workerId : `seat ${scriptSeat}`;
  const ms = thinkMs(script, { number: scriptSeat ?? 0, name });
  const data = { assignmentId };
  const begunMs = createdAt.getTime();
  const answers = {
    ...{ id: `simulate:${assignmentId}`, name: 'sandbox/answer', data, ts: begunMs + ms },
  };
  const starts = { id: `start:${assignmentId}`, name: 'sandbox/start', data, ts: begunMs + 1_000 };
  return {
    assignmentId,
    events: ms > START_FIRST_MS ? [starts, answers] : [answers],
    answersAt: isSilent(script, turn) ? null : new Date(begunMs + ms),
  };
}
