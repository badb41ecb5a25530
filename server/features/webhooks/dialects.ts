import type { TaskEventBody } from '@/server/features/tasks';
import { renderV0Event, v0EventType } from '@/server/features/v0';

/** How an API dialect represents events. */
export interface Dialect {
  /** Whether it has events of this type. */
  tells(type: string): boolean;
  /** Renders the body, once at the event's time. */
  body(event: TaskEventBody, eventId: string): string;
  /** The header that carries the signature `t=…,v1=…`. */
  signatureHeader: string;
}

/** An event's ID for receivers, derived from the task event's ID. */
export function eventIdOf(taskEventId: string): string {
  return `evt_${taskEventId.replaceAll('-', '')}`;
}

const v1: Dialect = {
  tells: () => true,
  body: (event, eventId) =>
    JSON.stringify({
      id: eventId,
      object: 'event',
      type: event.type,
      mode: event.mode,
      created_at: event.createdAt.toISOString(),
      data: event.task,
    }),
  signatureHeader: 'x-humanrail-signature',
};

const v0: Dialect = {
  tells: (type) => v0EventType(type) !== null,
  body: (event, eventId) => JSON.stringify(renderV0Event(event, eventId)),
  signatureHeader: 'x-escalation-signature',
};

const dialects: Readonly<Record<string, Dialect>> = { v0, v1 };

/** The dialect of that name; defaults to v1. */
export function dialectOf(name: string): Dialect {
  return dialects[name] ?? v1;
}
