import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { outboxInsert } from '@/server/platform/outbox';
import { mayBePaid } from './may-be-paid';

interface PaidWorker {
  id: string;
  rail: string;
  destination: string | null;
  withdraws: boolean;
  /** Somebody signs in as this worker. */
  isPerson: boolean;
  emailConfirmedAt: Date | null;
}

/**
 * Writes down what is owed for accepted answers, in the transaction that charges the task, and has
 * it sent after the commit. One payout an answer, however often this is called. Payouts of workers
 * who withdraw by themselves, or whose address is not confirmed, are held; the caller sees to it that the task does not wait for them.
 * @returns how many of the new payouts are held.
 * @throws Error where an answer's worker does not exist.
 */
export async function createPayouts(
  tx: Tx,
  input: {
    task: { id: string; mode: Mode; organizationId: string };
    answers: readonly { answerId: string; workerId: string; amountSats: bigint }[];
  },
): Promise<{ held: number }> {
  const { task, answers } = input;
  const workers = await tx.$queryRaw<PaidWorker[]>`
    SELECT w.id::text AS id, w.payout_rail AS rail, w.payout_destination AS destination,
           w.payout_timing = 'on_withdrawal' AS "withdraws", u.id IS NOT NULL AS "isPerson",
           u.email_confirmed_at AS "emailConfirmedAt"
      FROM workers w LEFT JOIN users u ON u.id = w.user_id
     WHERE w.id = ANY(${answers.map((answer) => answer.workerId)}::uuid[])`;
  const workerById = new Map(workers.map((worker) => [worker.id, worker]));
  const now = clock.now();
  const rows = answers.map(({ answerId, workerId, amountSats }) => {
    const worker = workerById.get(workerId);
    if (!worker) throw new Error(`Answer ${answerId} is by worker ${workerId}, who is not there.`);
    const { rail, destination, isPerson, emailConfirmedAt } = worker;
    const isHeld = worker.withdraws || !mayBePaid({ user: isPerson ? { emailConfirmedAt } : null });
    return {
      id: newId(),
      ...{ worker_id: workerId, answer_id: answerId, amount_sats: amountSats.toString() },
      ...{ rail, destination, is_held: isHeld },
    };
  });
  const facts = rows
    .filter((row) => !row.is_held)
    .map(({ id }) => ({ topic: 'payout.created', key: id, data: { payoutId: id } }));
  const isCreated = Prisma.sql`(r.data ->> 'payoutId')::uuid IN (SELECT id FROM created)`;
  const [counts] = await tx.$queryRaw<{ held: number }[]>`
    WITH created AS (
      INSERT INTO payouts (id, mode, worker_id, organization_id, task_id, answer_id, amount_sats, rail,
                           destination, status, created_at, next_attempt_at)
      SELECT id, ${task.mode}::mode, worker_id, ${task.organizationId}::uuid, ${task.id}::uuid, answer_id,
             amount_sats, rail, destination,
             (CASE WHEN is_held THEN 'held' ELSE 'pending' END)::payout_status, ${now},
             CASE WHEN is_held THEN NULL ELSE ${now}::timestamptz END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
             AS p(id uuid, worker_id uuid, answer_id uuid, amount_sats bigint, rail text,
                  destination text, is_held boolean)
          ON CONFLICT DO NOTHING
      RETURNING id, status
    ), told AS (${outboxInsert(facts, isCreated)})
    SELECT count(*)::int AS held FROM created WHERE status = 'held'`;
  return { held: counts?.held ?? 0 };
}
