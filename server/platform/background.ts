import type { OutgoingEvent, Subscriber } from './outbox';
import { processWide } from './process-wide';

/** What a job's body may ask of whatever runs it: steps that are made once, and waiting. */
export interface JobSteps {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  sleep(id: string, ms: number): Promise<void>;
  sleepUntil(id: string, at: Date): Promise<void>;
}

/** A job's body: what happens on an event. */
export type JobBody = (data: unknown, step: JobSteps) => Promise<unknown>;

interface Background {
  /** By the name of the event. */
  bodies: Map<string, JobBody>;
  /** Events that only test clocks run; by the wall clock, `DueWork` does the same for all rows at once. */
  timers: Set<string>;
  /** By topic. */
  subscribers: Record<string, readonly Subscriber[]>;
  divert: ((events: readonly OutgoingEvent[]) => Promise<OutgoingEvent[]>) | null;
}

const background = () =>
  processWide(
    'background',
    (): Background => ({ bodies: new Map(), timers: new Set(), subscribers: {}, divert: null }),
  );

export function registerJobBody(event: string, body: JobBody): void {
  background().bodies.set(event, body);
}

/** The body of an event that is a timer: what test clocks run, and the engine is never sent. */
export function registerTimerBody(event: string, body: JobBody): void {
  registerJobBody(event, body);
  background().timers.add(event);
}

export function isTimer(event: string): boolean {
  return background().timers.has(event);
}

export function jobBodyOf(event: string): JobBody | undefined {
  return background().bodies.get(event);
}

/** Says who reacts to what, and who keeps events from the engine. */
export function setBackground(parts: Pick<Background, 'subscribers' | 'divert'>): void {
  Object.assign(background(), parts);
}

/** Who reacts to facts of a topic, in their order. */
export function subscribersOf(topic: string): readonly Subscriber[] {
  return background().subscribers[topic] ?? [];
}

/** Those of the events that the engine is to have; the others wait for a test clock. */
export async function divert(events: readonly OutgoingEvent[]): Promise<OutgoingEvent[]> {
  return (await background().divert?.(events)) ?? [...events];
}
