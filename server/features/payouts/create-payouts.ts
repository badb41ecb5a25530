import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';
import { beginningOf, findWorkers } from './paid-worker';

/** What is owed for a task's accepted answers. */
interface Owed {
  task: { id: string; mode: Mode; organizationId: string };
  answers: readonly { answerId: string; workerId: string; amountSats: bigint }[];
}

/**
 * Writes down what is owed for accepted answers, in the transaction that charges the task, and has
 * it sent after the commit. One payout an answer, however often this is called. Payouts of workers
 * are kept are held; the caller sees to it that the task does not wait for them.
 * @returns how many of the new payouts are held.
 * @throws Error where an answer's worker does not exist.
 */
export async function createPayouts(tx: Tx, { task, answers }: Owed): Promise<{ held: number }> {
  const workers = await findWorkers(
    tx,
    answers.map(({ workerId }) => workerId),
  );
  const now = clock.now();
  const payouts = answers.map(({ answerId, workerId, amountSats }) => {
    const worker = workers.get(workerId);
    if (!worker) throw new Error(`Answer ${answerId} is by worker ${workerId}, who is not there.`);
    const { rail, destination } = worker;
    const { status, heldUntil, topic } = beginningOf(worker, amountSats);
    return {
      topic,
      row: {
        id: newId(),
        ...{ mode: task.mode, organization_id: task.organizationId, task_id: task.id },
        ...{ worker_id: workerId, answer_id: answerId, amount_sats: amountSats.toString() },
        ...{ rail, destination, status, held_until: heldUntil, now },
      },
    };
  });
  const told = payouts.flatMap(({ topic, row: { id } }) =>
    topic ? [dateOutboxRow({ topic, key: id, data: { payoutId: id } })] : [],
  );
  const rows = payouts.map(({ row }) => row);
  return { held: await insertPayouts(tx, { taskId: task.id, payouts: rows, told }) };
}

interface NewPayouts {
  taskId: string;
  payouts: readonly object[];
  told: readonly DatedOutboxRow[];
}

/** Gives how many of each task's are held. */
const insertPayouts = togetherIn(async (tx, all: readonly NewPayouts[]) => {
  const payouts = JSON.stringify(all.flatMap((each) => each.payouts));
  const told = all.flatMap((each) => each.told);
  const isCreated = Prisma.sql`(r.data ->> 'payoutId')::uuid IN (SELECT id FROM created)`;
  const counts = await tx.$queryRaw<{ taskId: string; held: number }[]>`
    WITH created AS (
      INSERT INTO payouts (id, mode, worker_id, organization_id, task_id, answer_id, amount_sats, rail,
                           destination, status, held_until, created_at, next_attempt_at)
      SELECT id, mode, worker_id, organization_id, task_id, answer_id, amount_sats, rail, destination,
             status, held_until, now, CASE WHEN status = 'pending' THEN now END
        FROM jsonb_to_recordset(${payouts}::jsonb)
             AS p(id uuid, mode mode, organization_id uuid, task_id uuid, worker_id uuid,
                  answer_id uuid, amount_sats bigint, rail text, destination text, status payout_status,
                  held_until timestamptz, now timestamptz)
          ON CONFLICT DO NOTHING
      RETURNING id, task_id, status
    ), told AS (${datedOutboxInsert(told, isCreated)})
    SELECT task_id::text AS "taskId", count(*)::int AS held FROM created
     WHERE status = 'held' GROUP BY task_id`;
  const heldOf = new Map(counts.map(({ taskId, held }) => [taskId, held]));
  return all.map(({ taskId }) => heldOf.get(taskId) ?? 0);
});
