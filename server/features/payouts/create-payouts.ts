import type { Payout } from '@/prisma/generated/client';
import {
  type Posting,
  payoutReservation,
  payoutSettlement,
  postTogether,
} from '@/server/features/ledger';
import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { type DatedOutboxRow, datedOutboxInsert, dateOutboxRow } from '@/server/platform/outbox';
import { togetherIn } from '@/server/platform/together';
import { beginningOf, findWorkers, type PaidWorker } from './paid-worker';
import { paidHere } from './rails/pay-here';

/** The amounts owed for a task's accepted answers. */
interface Owed {
  task: { id: string; mode: Mode; organizationId: string };
  answers: readonly { answerId: string; workerId: string; amountSats: bigint }[];
}

/** A payout as shown on its task. */
type TaskPayout = Pick<Payout, 'id' | 'amountSats' | 'rail' | 'status' | 'paidAt' | 'awaited'>;

/** The result of creating payouts. */
export interface Created {
  /** All payouts of the task, including earlier ones, in ID order. */
  payouts: readonly TaskPayout[];
  /** How many are held for their workers. */
  held: number;
  /** How many were already paid by local rails. */
  paid: number;
  /** Posts the paid ones; call together with or after crediting the workers. */
  postPaid: () => Promise<unknown>;
}

/**
 * Creates payouts for accepted answers in the transaction that charges the task, to be sent after
 * the commit. One payout per answer; idempotent. Payouts of workers who hold theirs are created as
 * held; the caller ensures that the task does not wait for them.
 * @param options.paysHere pay those of local rails in this transaction; the caller calls
 * `postPaid`.
 * @throws Error if an answer's worker does not exist.
 */
export async function createPayouts(
  tx: Tx,
  { task, answers }: Owed,
  { paysHere = false }: { paysHere?: boolean } = {},
): Promise<Created> {
  const workers = await findWorkers(
    tx,
    answers.map(({ workerId }) => workerId),
  );
  const payouts = answers.map((answer) => {
    const worker = workers.get(answer.workerId);
    if (!worker) {
      throw new Error(
        `Answer ${answer.answerId} belongs to worker ${answer.workerId}, who does not exist.`,
      );
    }
    return draft(task, answer, worker, paysHere);
  });
  const told = payouts.flatMap(({ topic, row: { id } }) =>
    topic ? [dateOutboxRow({ topic, key: id, data: { payoutId: id } })] : [],
  );
  const rows = payouts.map(({ row }) => row);
  const inserted = await insertPayouts(tx, { taskId: task.id, payouts: rows, told });
  const created = new Set(inserted.flatMap(({ id, isNew }) => (isNew ? [id] : [])));
  const paid = payouts.filter(({ row }) => row.status === 'paid' && created.has(row.id));
  return {
    payouts: inserted,
    held: payouts.filter(({ row }) => row.status === 'held' && created.has(row.id)).length,
    paid: paid.length,
    postPaid: () =>
      Promise.all(
        paid.flatMap(({ postings }) => postings.map((posting) => postTogether(tx, posting))),
      ),
  };
}

interface Draft {
  topic: 'payout.created' | 'payout.kept' | null;
  row: {
    id: string;
    status: 'pending' | 'held' | 'paid';
    [column: string]: string | Date | null;
  };
  /** The postings of a paid payout. */
  postings: readonly Posting[];
}

function draft(
  task: Owed['task'],
  { answerId, workerId, amountSats }: Owed['answers'][number],
  worker: PaidWorker,
  paysHere: boolean,
): Draft {
  const { rail, destination } = worker;
  const { mode } = task;
  const { status, heldUntil, topic } = beginningOf(worker, amountSats);
  const attemptId = newId();
  const request = { attemptId, amountSats, destination, mode, feeLimitSats: 0n };
  const result = paysHere && status === 'pending' ? paidHere(rail, request) : null;
  const row = {
    ...{ id: newId(), mode, organization_id: task.organizationId, task_id: task.id },
    ...{ worker_id: workerId, answer_id: answerId, amount_sats: amountSats.toString() },
    ...{ rail, destination, held_until: heldUntil, now: clock.now() },
    ...{ external_id: result?.externalId ?? null, preimage: result?.preimage ?? null },
  };
  if (!result) return { topic, row: { ...row, status, attempt_id: null }, postings: [] };
  const move = { attemptId, mode, workerId, amountSats };
  return {
    topic: null,
    row: { ...row, status: 'paid', attempt_id: attemptId },
    postings: [payoutReservation(move), payoutSettlement({ ...move, rail })],
  };
}

interface NewPayouts {
  taskId: string;
  payouts: readonly object[];
  told: readonly DatedOutboxRow[];
}

/**
 * Inserts payouts, and for paid ones their attempt and rail record.
 * @returns all payouts of each task, and which of them are new.
 */
const insertPayouts = togetherIn(async (tx, all: readonly NewPayouts[]) => {
  const payouts = JSON.stringify(all.flatMap((each) => each.payouts));
  const told = all.flatMap((each) => each.told);
  const isCreated = Prisma.sql`(r.data ->> 'payoutId')::uuid IN (SELECT id FROM created)`;
  const taskIds = all.map(({ taskId }) => taskId);
  const rows = await tx.$queryRaw<(TaskPayout & { taskId: string; isNew: boolean })[]>`
    WITH owed AS (
      SELECT * FROM jsonb_to_recordset(${payouts}::jsonb)
               AS p(id uuid, mode mode, organization_id uuid, task_id uuid, worker_id uuid,
                    answer_id uuid, amount_sats bigint, rail text, destination text,
                    status payout_status, held_until timestamptz, now timestamptz, attempt_id uuid,
                    external_id text, preimage text)
    ), created AS (
      INSERT INTO payouts (id, mode, worker_id, organization_id, task_id, answer_id, amount_sats, rail,
                           destination, status, held_until, created_at, next_attempt_at, paid_at,
                           attempt_id, attempts)
      SELECT id, mode, worker_id, organization_id, task_id, answer_id, amount_sats, rail, destination,
             status, held_until, now, CASE WHEN status = 'pending' THEN now END,
             CASE WHEN status = 'paid' THEN now END, attempt_id, (status = 'paid')::int
        FROM owed
          ON CONFLICT DO NOTHING
      RETURNING *
    ), paid AS (
      SELECT * FROM owed WHERE attempt_id IS NOT NULL AND id IN (SELECT id FROM created)
    ), attempt AS (
      INSERT INTO payout_attempts (id, mode, worker_id, rail, status, amount_sats, destination,
                                   external_id, preimage, created_at, sent_at, finished_at)
      SELECT attempt_id, mode, worker_id, rail, 'settled', amount_sats, destination, external_id,
             preimage, now, now, now
        FROM paid
    ), carried AS (
      INSERT INTO attempt_payouts (attempt_id, payout_id) SELECT attempt_id, id FROM paid
    ), recorded AS (
      INSERT INTO rail_payments (attempt_id, rail, mode, amount_sats, destination, status, created_at)
      SELECT attempt_id, rail, mode, amount_sats, destination, 'paid', now FROM paid
    ), told AS (${datedOutboxInsert(told, isCreated)})
    SELECT id::text AS id, task_id::text AS "taskId", amount_sats AS "amountSats", rail,
           status::text AS status, paid_at AS "paidAt", awaited, is_new AS "isNew"
      FROM (SELECT *, true AS is_new FROM created
             UNION ALL
            SELECT *, false FROM payouts WHERE task_id = ANY(${taskIds}::uuid[])) p
     ORDER BY p.id`;
  return all.map(({ taskId }) => rows.filter((row) => row.taskId === taskId));
});
