import { verifiedTask } from '@/server/features/tasks';
import { renderV0Task } from './render-task';
import type { V0Event, V0EventType, V0Task } from './schema';

const REASONS: Partial<Record<V0Task['status'], string>> = {
  failed: 'No answer passed verification: this is a test.',
  expired: 'No answer came in time: this is a test.',
};

/** A sample callback event about a fictional task. */
export function sampleV0Event(
  type: V0EventType,
  { eventId, taskId, createdAt }: { eventId: string; taskId: string; createdAt: Date },
): V0Event {
  const status = type.slice('task.'.length) as V0Task['status'];
  const { output, ...task } = renderV0Task(verifiedTask, null);
  const reason = REASONS[status];
  const at = createdAt.toISOString();
  return {
    id: eventId,
    type,
    createdAt: at,
    data: {
      ...task,
      id: taskId,
      idempotencyKey: `test:${taskId}`,
      status,
      ...(status === 'verified' && output ? { output } : {}),
      ...(reason ? { failureReason: reason } : {}),
      createdAt: at,
      updatedAt: at,
      expiresAt: new Date(createdAt.getTime() + task.slaSeconds * 1_000).toISOString(),
    },
  };
}
