import type { TaskEventBody } from '@/server/features/tasks';

/** How a dialect of the API tells an event. */
export interface Dialect {
  /** The body as it is sent, made once at the event's time. */
  body(event: TaskEventBody, eventId: string): string;
}

/** The id an event has for receivers; made of the task event's, so that it is always the same. */
export function eventIdOf(taskEventId: string): string {
  return `evt_${taskEventId.replaceAll('-', '')}`;
}

const v1: Dialect = {
  body: (event, eventId) =>
    JSON.stringify({
      id: eventId,
      object: 'event',
      type: event.type,
      mode: event.mode,
      created_at: event.createdAt.toISOString(),
      data: event.task,
    }),
};

const dialects: Readonly<Record<string, Dialect>> = { v1 };

/** The dialect of that name; v1 where there is no such one. */
export function dialectOf(name: string): Dialect {
  return dialects[name] ?? v1;
}
