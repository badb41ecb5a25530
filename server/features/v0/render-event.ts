import type { TaskEventBody } from '@/server/features/tasks';
import { renderV0Task } from './render-task';
import { type V0Event, V0EventType } from './schema';

/** The event's type in v0; null if v0 has no such event. */
export function v0EventType(type: string): V0EventType | null {
  const named = V0EventType.safeParse(type === 'task.created' ? 'task.posted' : type);
  return named.success ? named.data : null;
}

/**
 * Renders an event for v0.
 * @throws Error for a type without a v0 equivalent.
 */
export function renderV0Event(event: TaskEventBody, eventId: string): V0Event {
  const type = v0EventType(event.type);
  if (!type) throw new Error(`v0 has no event ${event.type}.`);
  return {
    id: eventId,
    type,
    createdAt: event.createdAt.toISOString(),
    data: renderV0Task(event.task, event.price),
  };
}
