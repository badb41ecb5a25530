import type { TaskStatus } from '@/prisma/generated/client';

/**
 * The task lifecycle from the contract. `join` is another worker taking a seat of an assigned task;
 * `requeue` returns it to the queue while attempts and time remain.
 */
export const LIFECYCLE = {
  assign: { from: ['posted'], to: 'assigned', event: 'task.assigned' },
  join: { from: ['assigned'], to: 'assigned', event: 'assignment.joined' },
  submit: { from: ['assigned'], to: 'submitted', event: 'task.submitted' },
  requeue: { from: ['assigned', 'submitted'], to: 'posted', event: 'task.requeued' },
  verify: { from: ['submitted'], to: 'verified', event: 'task.verified' },
  fail: { from: ['submitted'], to: 'failed', event: 'task.failed' },
  cancel: { from: ['posted', 'assigned'], to: 'cancelled', event: 'task.cancelled' },
  expire: { from: ['posted', 'assigned', 'submitted'], to: 'expired', event: 'task.expired' },
} as const satisfies Record<string, { from: readonly TaskStatus[]; to: TaskStatus; event: string }>;

export type TaskAction = keyof typeof LIFECYCLE;

export const TERMINAL_STATUSES = ['verified', 'failed', 'cancelled', 'expired'] as const;

/** Whether `status` is final. */
export function isTerminal(status: TaskStatus): boolean {
  return (TERMINAL_STATUSES as readonly TaskStatus[]).includes(status);
}

/** Whether accepted answers may be owed: also if their confidence was too low. */
export function mayOwePayouts(status: TaskStatus): boolean {
  return status === 'verified' || status === 'failed';
}

/** Rejected answers before the task fails. */
export const MAX_REJECTIONS = 3;
