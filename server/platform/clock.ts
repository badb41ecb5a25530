import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide';

/** Where time comes from. Product code never calls `Date.now()` itself, so a test can move time. */
export interface Clock {
  /** The current instant, in milliseconds since the Unix epoch. */
  nowMs(): number;
}

/** A clock that stands still, and whose it is: an organization's test mode, off the wall clock. */
export interface StandingClock {
  organizationId: string;
  nowMs: number;
  /** The number that the next new id takes within the instant; left out, real time orders them. */
  sequence?: number;
  /** What was read once and is to be the same for all that happens in the instant. */
  memory?: Map<string, Promise<unknown>>;
}

const systemClock: Clock = { nowMs: () => Date.now() };
let current = systemClock;

const standing = () =>
  processWide('standing-clock', () => new AsyncLocalStorage<StandingClock | undefined>());

export const clock: Clock & { now(): Date } = {
  nowMs: () => standing().getStore()?.nowMs ?? current.nowMs(),
  now: () => new Date(clock.nowMs()),
};

/** Real time, whichever clock stands still: for what leaves the instance, such as signatures. */
export const wallClock: Clock & { now(): Date } = {
  nowMs: () => current.nowMs(),
  now: () => new Date(current.nowMs()),
};

/**
 * Milliseconds since some instant, to tell how long ago something was: no change of the system's clock moves it. Follows
 * the clock that a test has put in place.
 */
export function monotonicMs(): number {
  return current === systemClock ? performance.now() : current.nowMs();
}

/** Whether time is the machine's: no test has put a clock of its own in place, and none stands still for whoever asks. */
export function isRealTime(): boolean {
  return current === systemClock && standing().getStore() === undefined;
}

/** The clock that stands still for whoever asks; undefined where time passes. */
export function standingClock(): StandingClock | undefined {
  return standing().getStore();
}

/** Does `work`, and all that it awaits, at the instant of `at`; undefined is by the wall clock. */
export function atInstant<T>(at: StandingClock | undefined, work: () => T): T {
  return standing().run(at, work);
}

/** Uniform in [0, 1), to spread what would come together; 0 where nothing may be left to chance. */
export function spread(): number {
  return standingClock() ? 0 : Math.random();
}

/**
 * What `read` gave the first time it was asked for in this instant; null where time passes, or where
 * nothing is kept of the instant.
 */
export function onceAnInstant<T>(key: string, read: () => Promise<T>): Promise<T> | null {
  const memory = standingClock()?.memory;
  if (!memory) return null;
  const known = memory.get(key) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const reading = read();
  memory.set(key, reading);
  return reading;
}

/** Replaces the process's clock; returns a function that puts the former one back. For tests. */
export function useClock(next: Clock): () => void {
  const former = current;
  current = next;
  return () => {
    current = former;
  };
}
