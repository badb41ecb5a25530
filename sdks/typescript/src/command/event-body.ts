import type { Task, TaskEvent } from '../types/task.js';
import { isTerminalStatus } from '../wait-for-completion.js';
import { toWire } from '../wire-case.js';

/** The timeline events sent as webhooks; the others are internal to the API. */
export const FORWARDED_TYPES: readonly string[] = [
  'task.created',
  'task.assigned',
  'task.submitted',
  'task.verified',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'task.expired',
  'task.corrected',
];

/** An event as posted. */
export interface PostedEvent {
  id: string;
  type: string;
  taskId: string;
  body: string;
}

/** The webhook of a timeline event, with the real one's id. */
export function postedEvent(event: TaskEvent, task: Task): PostedEvent {
  const id = `evt_${event.id.replaceAll('-', '')}`;
  const body = JSON.stringify({
    id,
    object: 'event',
    type: event.type,
    mode: task.mode,
    created_at: event.createdAt,
    data: toWire(taskAt(event, task)),
  });
  return { id, type: event.type, taskId: task.id, body };
}

/**
 * The task at the time of an event, as far as the timeline shows: fields that only a later status
 * has are reset.
 */
function taskAt(event: TaskEvent, task: Task): Task {
  if (event.type === 'task.corrected') return { ...task, output: null } as Task;
  if (event.type === 'task.verified') return { ...task, correction: null } as Task;
  if (task.status === event.status) return task;
  const wasAssigned = event.status !== 'posted';
  const wasSubmitted = event.status === 'submitted' || isTerminalStatus(event.status);
  return {
    ...task,
    status: event.status,
    output: null,
    confidence: null,
    votesUsed: 0,
    dissent: [],
    correction: null,
    verification: [],
    payouts: [],
    failureReason: null,
    assignedAt: wasAssigned ? task.assignedAt : null,
    submittedAt: wasSubmitted ? task.submittedAt : null,
    completedAt: null,
    updatedAt: event.createdAt,
  } as Task;
}
