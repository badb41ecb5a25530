import { isRealTime } from './clock';
import type { OutgoingEvent, Subscriber } from './outbox';
import { processWide } from './process-wide';

/** The step tools that a job's body gets: memoized steps, and waiting. */
export interface JobSteps {
  run<T>(id: string, work: () => Promise<T>): Promise<T>;
  sleep(id: string, ms: number): Promise<void>;
  sleepUntil(id: string, at: Date): Promise<void>;
}

/** A job's body: what happens on an event. */
export type JobBody = (data: unknown, step: JobSteps) => Promise<unknown>;

interface Background {
  /** By event name. */
  bodies: Map<string, JobBody>;
  /**
   * Events never sent to the engine: test clocks run them; in real time `DueWork` handles all due
   * rows. Exact ones are also run by the process that created them.
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

/** Registers an event's body as a timer: run by test clocks, and never sent to the engine. */
export function registerTimerBody(event: string, body: JobBody, { isExact = false } = {}): void {
  registerJobBody(event, body);
  background().timers.set(event, { isExact });
}

/** The kind of timer of an event; undefined if it is none. */
export function timerOf(event: string): { isExact: boolean } | undefined {
  return background().timers.get(event);
}

const GRACE_MS = 2_000;

/**
 * How long the clock leaves due work to the process that set an exact timer for it; zero if tests
 * control time, which no process timer follows.
 */
export const graceMs = (): number => (isRealTime() ? GRACE_MS : 0);

export function jobBodyOf(event: string): JobBody | undefined {
  return background().bodies.get(event);
}

/** Registers subscribers, and the filter of events for the engine. */
export function setBackground(parts: Pick<Background, 'subscribers' | 'divert'>): void {
  Object.assign(background(), parts);
}

/** The subscribers of a topic, in order. */
export function subscribersOf(topic: string): readonly Subscriber[] {
  return background().subscribers[topic] ?? [];
}

/** Returns the events for the engine; the others are queued for a test clock. */
export async function divert(events: readonly OutgoingEvent[]): Promise<OutgoingEvent[]> {
  return (await background().divert?.(events)) ?? [...events];
}
