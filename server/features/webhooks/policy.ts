/** What pages show without the contracts, which are large. Browser-safe. */

/** What an endpoint can be told of a task. */
export const TASK_EVENT_TYPES = [
  'task.created',
  'task.assigned',
  'task.submitted',
  'task.verified',
  'task.completed',
  'task.failed',
  'task.cancelled',
  'task.expired',
  'task.corrected',
] as const;

export const LOW_BALANCE_EVENT = 'balance.low';

/** What an endpoint can be told of; `webhook.test` goes to whoever asks for a test. */
export const EVENT_TYPES = [...TASK_EVENT_TYPES, LOW_BALANCE_EVENT] as const;
