import type { Actor } from '@/server/platform/actor';
import { canonicalJson, hashJson } from '@/server/platform/crypto';
import { Conflict } from '@/server/platform/errors';
import { signReceipt } from '@/server/platform/receipt-signature';
import { isTerminal } from './lifecycle';
import { getTask } from './queries';
import type { Receipt } from './schema';

/** 409: only what has ended can be attested. */
export class TaskNotEnded extends Conflict {
  constructor(status: string) {
    super('task_not_ended', `A receipt is made when the task has ended; it is ${status}.`, {
      details: { status },
    });
  }
}

/**
 * A signed proof of how a task was verified, for whoever must show later that a person judged it.
 * @throws NotFound 404, TaskNotEnded 409
 */
export async function getReceipt(actor: Actor, id: string): Promise<Receipt> {
  const task = await getTask(actor, id);
  if (!isTerminal(task.status)) throw new TaskNotEnded(task.status);
  const facts = {
    object: 'receipt' as const,
    task_id: task.id,
    mode: task.mode,
    type: task.type,
    status: task.status,
    payload_sha256: hashJson(task.payload),
    output_schema_sha256: hashJson(task.output_schema),
    output: task.output ?? null,
    confidence: task.confidence,
    votes_used: task.votes_used,
    verification: task.verification,
    cost_sats: task.cost_sats,
    created_at: task.created_at,
    completed_at: task.completed_at,
  };
  return { ...facts, signature: signReceipt(canonicalJson(facts)) };
}
