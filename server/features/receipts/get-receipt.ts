import { getTask, isTerminal } from '@/server/features/tasks';
import { listVotes, pseudonymOf, type Vote } from '@/server/features/verification';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { canonicalJson, hashJson, sha256Hex } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { Conflict } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import { signReceipt } from '@/server/platform/receipt-signature';
import type { Receipt } from './schema';

/** 409: only ended tasks can be attested. */
export class TaskNotEnded extends Conflict {
  constructor(status: string) {
    super(
      'task_not_ended',
      `Receipts are only available for ended tasks; this task is ${status}.`,
      {
        details: { status },
      },
    );
  }
}

/**
 * A signed proof of how a task was verified and paid, for customers who must show that people
 * judged it: hashes of question and answer, every vote under a pseudonym, and proof of payment.
 * @throws NotFound 404, TaskNotEnded 409
 */
export async function getReceipt(actor: Actor, id: string): Promise<Receipt> {
  const task = await getTask(actor, id);
  if (!isTerminal(task.status)) throw new TaskNotEnded(task.status);
  const [votes, fields, payouts] = await Promise.all([
    listVotes(actor, id),
    findFields(id),
    findPayouts(id),
  ]);
  const output = task.output ?? null;
  const facts = {
    object: 'receipt' as const,
    issued_at: clock.now().toISOString(),
    task_id: task.id,
    mode: task.mode,
    type: task.type,
    status: task.status,
    risk_tier: task.risk_tier,
    payload_sha256: hashJson(task.payload),
    output_schema_sha256: hashJson(task.output_schema),
    output_sha256: output === null ? null : hashJson(output),
    output,
    confidence: task.confidence,
    confidence_basis: task.confidence_basis,
    fields,
    votes_used: task.votes_used,
    votes: votes.flatMap(voteOf),
    verification: task.verification,
    payouts,
    cost_sats: task.cost_sats,
    failure_reason: task.failure_reason,
    created_at: task.created_at,
    assigned_at: task.assigned_at,
    submitted_at: task.submitted_at,
    completed_at: task.completed_at,
  };
  return { ...facts, signature: await signReceipt(canonicalJson(facts)) };
}

function voteOf({ worker, answer }: Vote): Receipt['votes'] {
  if (!answer) return [];
  return [
    {
      worker,
      answer_sha256: hashJson(answer.output),
      status: answer.status,
      agrees: answer.agrees,
      seconds: answer.seconds,
      submitted_at: answer.submitted_at.toISOString(),
      verification: answer.verdicts.map(({ stage, verdict, reason, score }) => ({
        stage,
        verdict,
        reason,
        score,
      })),
    },
  ];
}

/** The posterior of each field as of the judgement that settled the task. */
async function findFields(taskId: string): Promise<Receipt['fields']> {
  const last = await db.verdict.findFirst({
    where: { taskId, stage: 'consensus', answer: { status: 'accepted' } },
    orderBy: { id: 'desc' },
    select: { details: true },
  });
  const { fields } = (last?.details ?? {}) as { fields?: Receipt['fields'] };
  return (fields ?? []).map(({ path, kind, confidence }) => ({ path, kind, confidence }));
}

async function findPayouts(taskId: string): Promise<Receipt['payouts']> {
  const rows = await db.payout.findMany({
    where: { taskId },
    orderBy: { id: 'asc' },
    include: { attempt: { select: { preimage: true, paymentHash: true } } },
  });
  return rows.flatMap(({ organizationId, ...row }) => {
    const { preimage, paymentHash } = row.attempt ?? {};
    // Only rows without a task have no organization.
    if (organizationId === null) return [];
    return {
      id: row.id,
      worker: pseudonymOf(organizationId, row.workerId),
      amount_sats: satsToNumber(row.amountSats),
      rail: row.rail,
      status: row.status,
      paid_at: row.paidAt?.toISOString() ?? null,
      proof: preimage
        ? { payment_hash: paymentHash ?? sha256Hex(Buffer.from(preimage, 'hex')), preimage }
        : null,
    };
  });
}
