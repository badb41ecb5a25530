import { type ThingTrace, traceOf, tracingBegun } from '@/server/platform/tracing';
import { loadPayments, loadSteps, type TaskSteps } from './load-steps';
import { paidSpan, stepSpans } from './step-spans';

/**
 * The trace of a task, if it is recorded. Golds and re-votes are excluded, because customers did
 * not request them.
 */
function traceOfTask(
  task: TaskSteps,
  tracer: { isSampled(traceId: string): boolean },
): ThingTrace | null {
  if (task.reservedFor !== null) return null;
  const { traceparent, tracestate } = task;
  const kept = traceparent === null ? null : { traceparent, tracestate };
  const trace = traceOf(`task:${task.id}`, kept, tracer);
  return trace.isSampled ? trace : null;
}

/**
 * Exports the spans of an ended task. Idempotent: the same IDs are exported again.
 * @returns false if its trace is not recorded.
 */
export async function traceTask(taskId: string): Promise<boolean> {
  const tracer = await tracingBegun();
  const task = tracer && (await loadSteps(taskId));
  const trace = task && traceOfTask(task, tracer);
  if (!trace) return false;
  await tracer.send(stepSpans(task, trace));
  return true;
}

export interface TracedPayouts {
  /** IDs of the exported payouts. */
  paid: string[];
  /** Whether other payouts are pending. */
  isOpen: boolean;
}

/**
 * Exports the spans of a task's paid payouts.
 * @param known IDs of payouts exported before.
 */
export async function tracePayouts(
  taskId: string,
  known: readonly string[],
): Promise<TracedPayouts> {
  const tracer = await tracingBegun();
  const task = tracer && (await loadSteps(taskId));
  const trace = task && traceOfTask(task, tracer);
  if (!trace) return { paid: [], isOpen: false };
  const payments = await loadPayments(taskId);
  const paid = payments.filter(({ id, status }) => status === 'paid' && !known.includes(id));
  if (paid.length > 0) await tracer.send(paid.map((each) => paidSpan(taskId, each, trace)));
  return {
    paid: paid.map(({ id }) => id),
    isOpen: payments.some(({ status }) => status === 'pending' || status === 'sending'),
  };
}
