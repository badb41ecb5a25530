import type { PayoutTiming } from '@/prisma/generated/client';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';
import { mayBePaid } from './may-be-paid';

interface PaidWorker {
  id: string;
  rail: string;
  destination: string | null;
  timing: PayoutTiming;
  minSats: bigint;
  heldUntil: Date | null;
  /** Somebody signs in as this worker. */
  isPerson: boolean;
  emailConfirmedAt: Date | null;
}

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
    const heldUntil = worker.heldUntil !== null && worker.heldUntil > now ? worker.heldUntil : null;
    const isHeld = heldUntil !== null || isKept(worker, amountSats);
    return {
      id: newId(),
      ...{ mode: task.mode, organization_id: task.organizationId, task_id: task.id },
      ...{ worker_id: workerId, answer_id: answerId, amount_sats: amountSats.toString() },
      ...{ rail, destination, is_held: isHeld, held_until: heldUntil, now },
    };
  });
  const told = payouts.flatMap(({ id, worker_id, is_held }) => {
    const topic = is_held ? 'payout.kept' : 'payout.created';
    // Where what is kept may come to enough by now.
    const isTold = !is_held || gathers(workers.get(worker_id));
    return isTold ? [dateOutboxRow({ topic, key: id, data: { payoutId: id } })] : [];
  });
  return { held: await insertPayouts(tx, { taskId: task.id, payouts, told }) };
}

/** Whether a payout waits: for a withdrawal, for others to come to enough with, or for an address that is confirmed. */
function isKept(worker: PaidWorker, amountSats: bigint): boolean {
  const { timing, isPerson, emailConfirmedAt, minSats } = worker;
  if (timing !== 'at_once' || amountSats < minSats) return true;
  return !mayBePaid({ user: isPerson ? { emailConfirmedAt } : null });
}

/** Whether what is kept for a worker leaves by itself once it comes to enough. */
const gathers = (worker: PaidWorker | undefined) =>
  worker?.timing === 'at_threshold' || (worker?.timing === 'at_once' && worker.minSats > 1n);

const findWorkers = togetherIn(async (tx, all: readonly (readonly string[])[]) => {
  const workers = await tx.$queryRaw<PaidWorker[]>`
    SELECT w.id::text AS id, w.payout_rail AS rail, w.payout_destination AS destination,
           w.payout_timing::text AS timing, w.payout_min_sats AS "minSats",
           w.payouts_held_until AS "heldUntil", u.id IS NOT NULL AS "isPerson",
           u.email_confirmed_at AS "emailConfirmedAt"
      FROM workers w LEFT JOIN users u ON u.id = w.user_id
     WHERE w.id = ANY(${[...new Set(all.flat())]}::uuid[])`;
  const byId = new Map(workers.map((worker) => [worker.id, worker]));
  return all.map(() => byId);
});

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
             (CASE WHEN is_held THEN 'held' ELSE 'pending' END)::payout_status, held_until, now,
             CASE WHEN is_held THEN NULL ELSE now END
        FROM jsonb_to_recordset(${payouts}::jsonb)
             AS p(id uuid, mode mode, organization_id uuid, task_id uuid, worker_id uuid,
                  answer_id uuid, amount_sats bigint, rail text, destination text, is_held boolean,
                  held_until timestamptz, now timestamptz)
          ON CONFLICT DO NOTHING
      RETURNING id, task_id, status
    ), told AS (${datedOutboxInsert(told, isCreated)})
    SELECT task_id::text AS "taskId", count(*)::int AS held FROM created
     WHERE status = 'held' GROUP BY task_id`;
  const heldOf = new Map(counts.map(({ taskId, held }) => [taskId, held]));
  return all.map(({ taskId }) => heldOf.get(taskId) ?? 0);
});
