import type { TaskStatus } from '@/server/features/tasks/schema';

/** In the order of a task's life. */
export const STATUSES = [
  'posted',
  'assigned',
  'submitted',
  'verified',
  'failed',
  'cancelled',
  'expired',
] as const satisfies readonly TaskStatus[];

export function isCancellable(status: TaskStatus): boolean {
  return status === 'posted' || status === 'assigned';
}
