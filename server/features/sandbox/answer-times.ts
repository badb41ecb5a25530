import type { Tx } from '@/server/platform/db';
import type { OutgoingEvent } from '@/server/platform/outbox';
import { scriptOf, thinkMs } from './script';

/** Who thinks for longer opens the task first, as an offer waits for 20 seconds at least. */
const START_FIRST_MS = 10_000;

/** When the simulated workers among those of these assignments begin and answer, as events. */
export async function answerTimes(
  tx: Pick<Tx, 'assignment' | 'worker'>,
  assignmentIds: readonly string[],
): Promise<OutgoingEvent[]> {
  if (assignmentIds.length === 0) return [];
  const assignments = await tx.assignment.findMany({
    where: { id: { in: [...assignmentIds] } },
    orderBy: { id: 'asc' },
    include: { task: { select: { id: true, sandbox: true, payload: true, crowdSeats: true } } },
  });
  const simulated = await tx.worker.findMany({
    where: { id: { in: assignments.map((each) => each.workerId) }, simulated: true },
    select: { id: true, scriptSeat: true },
  });
  const seatOf = new Map(simulated.map(({ id, scriptSeat }) => [id, scriptSeat]));
  return assignments.flatMap((each): OutgoingEvent[] => {
    const seat = seatOf.get(each.workerId);
    if (seat === undefined) return [];
    const turn = { number: seat ?? 0, name: seat === null ? each.workerId : `seat ${seat}` };
    const ms = thinkMs(scriptOf(each.task), turn);
    const data = { assignmentId: each.id };
    const ts = each.createdAt.getTime();
    const answers = { id: `simulate:${each.id}`, name: 'sandbox/answer', data, ts: ts + ms };
    const starts = { id: `start:${each.id}`, name: 'sandbox/start', data, ts: ts + 1_000 };
    return ms > START_FIRST_MS ? [starts, answers] : [answers];
  });
}
