/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Task events for endpoints. */
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

/** All events for endpoints; `webhook.test` is only sent on request. */
export const EVENT_TYPES = [...TASK_EVENT_TYPES, LOW_BALANCE_EVENT] as const;
