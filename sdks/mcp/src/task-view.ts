import type { Task } from '@humanrail/sdk';
import { z } from 'zod';

/** Tasks as returned by the tools: with the API's field names, so that its documentation applies. */

const Status = z
  .enum(['posted', 'assigned', 'submitted', 'verified', 'failed', 'cancelled', 'expired'])
  .describe('`verified`, `failed`, `cancelled` and `expired` are final.');

const summaryFields = {
  id: z.string().describe('Pass it as task_id to the other tools.'),
  status: Status,
  type: z.string(),
  output: z.unknown().describe('The verified answer; null until the task is verified.'),
  confidence: z.number().nullable().describe('How likely the output is right, 0 to 1.'),
  failure_reason: z.object({ code: z.string(), message: z.string() }).nullable(),
  payout_sats: z.number().describe('Sats for each accepted answer.'),
  created_at: z.string(),
  completed_at: z.string().nullable(),
  expires_at: z.string().describe('A task that is not answered by then expires.'),
};

/** A task in a list. */
export const TaskSummary = z.object(summaryFields);

/** A task with all details. */
export const TaskDetails = z.object({
  ...summaryFields,
  mode: z.enum(['live', 'test']),
  payload: z.record(z.string(), z.unknown()),
  output_schema: z.unknown(),
  instructions: z.string(),
  sla_seconds: z.number(),
  skills_required: z.array(z.string()),
  risk_tier: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  idempotency_key: z.string().nullable(),
  votes_used: z.number(),
  dissent: z.array(z.unknown()).describe('What the other accepted answers said.'),
  verification: z.array(
    z.object({
      stage: z.string(),
      verdict: z.string(),
      reason: z.string().nullable(),
      score: z.number().nullable(),
    }),
  ),
  cost_sats: z.object({ held: z.number(), charged: z.number(), fee: z.number() }),
  assigned_at: z.string().nullable(),
  submitted_at: z.string().nullable(),
  updated_at: z.string(),
});

export function taskSummary(task: Task): z.input<typeof TaskSummary> {
  return {
    id: task.id,
    status: task.status,
    type: task.type,
    output: task.output,
    confidence: task.confidence,
    failure_reason: task.failureReason,
    payout_sats: task.payoutSats,
    created_at: task.createdAt,
    completed_at: task.completedAt,
    expires_at: task.expiresAt,
  };
}

export function taskDetails(task: Task): z.input<typeof TaskDetails> {
  return {
    ...taskSummary(task),
    mode: task.mode,
    payload: task.payload,
    output_schema: task.outputSchema,
    instructions: task.instructions,
    sla_seconds: task.slaSeconds,
    skills_required: task.skillsRequired,
    risk_tier: task.riskTier,
    metadata: task.metadata,
    idempotency_key: task.idempotencyKey,
    votes_used: task.votesUsed,
    dissent: task.dissent,
    verification: task.verification,
    cost_sats: task.costSats,
    assigned_at: task.assignedAt,
    submitted_at: task.submittedAt,
    updated_at: task.updatedAt,
  };
}

/** A task's status, and what to do next, in words for a model. */
export function standing(task: Task): string {
  const { id, status, failureReason } = task;
  const why = failureReason ? ` ${failureReason.message}` : '';
  switch (status) {
    case 'verified':
      return `Task ${id} is verified; its output is the answer.`;
    case 'failed':
      return `Task ${id} failed, and was not charged.${why}`;
    case 'expired':
      return `Task ${id} expired: no answer was accepted in time, and it was not charged.${why}`;
    case 'cancelled':
      return `Task ${id} was cancelled.`;
    default:
      return `Task ${id} is ${status}, and has no answer yet. Call wait_for_task with task_id ${id} to go on waiting; it expires at ${task.expiresAt}.`;
  }
}
