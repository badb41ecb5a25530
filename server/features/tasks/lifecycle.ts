import type { TaskStatus } from '@/prisma/generated/client';

/**
 * A task's life, as the literal table of the contract. `join` is a further worker taking a seat of
 * a task that already has one; `requeue` sends it back to the queue while attempts and time remain.
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

/** True where nothing leaves `status` any more. */
export function isTerminal(status: TaskStatus): boolean {
  return (TERMINAL_STATUSES as readonly TaskStatus[]).includes(status);
}

/** True where accepted answers may be owed: they are, too, where together they were not sure enough. */
export function mayOwePayouts(status: TaskStatus): boolean {
  return status === 'verified' || status === 'failed';
}

/** How many answers may be rejected before the task fails. */
export const MAX_REJECTIONS = 3;
