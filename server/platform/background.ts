import { isRealTime } from './clock';
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
  /**
   * Events that the engine is never sent: test clocks run them; by the wall clock, `DueWork` does the same for all rows
   * at once. Exact ones are run by the process that made them too, when they are due.
   */
  timers: Map<string, { isExact: boolean }>;
  /** By topic. */
  subscribers: Record<string, readonly Subscriber[]>;
  divert: ((events: readonly OutgoingEvent[]) => Promise<OutgoingEvent[]>) | null;
}

const background = () =>
  processWide(
    'background',
    (): Background => ({ bodies: new Map(), timers: new Map(), subscribers: {}, divert: null }),
  );

export function registerJobBody(event: string, body: JobBody): void {
  background().bodies.set(event, body);
}

/** The body of an event that is a timer: what test clocks run, and the engine is never sent. */
export function registerTimerBody(event: string, body: JobBody, { isExact = false } = {}): void {
  registerJobBody(event, body);
  background().timers.set(event, { isExact });
}

/** What kind of timer an event is; undefined where it is none. */
export function timerOf(event: string): { isExact: boolean } | undefined {
  return background().timers.get(event);
}

const GRACE_MS = 2_000;

/**
 * How long the clock leaves what is due to the process that set an exact timer for it; not at all where tests move time,
 * which no timer of a process follows.
 */
export const graceMs = (): number => (isRealTime() ? GRACE_MS : 0);

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
