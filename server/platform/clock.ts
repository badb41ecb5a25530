import { AsyncLocalStorage } from 'node:async_hooks';
import { processWide } from './process-wide';

/**
 * The source of time. Product code never calls `Date.now()` itself, so that tests can control time.
 */
export interface Clock {
  /** The current instant, in milliseconds since the Unix epoch. */
  nowMs(): number;
}

/** A stopped clock of an organization's test mode. */
export interface StandingClock {
  organizationId: string;
  nowMs: number;
  /** The sequence number of the next ID within the instant; if absent, real time orders IDs. */
  sequence?: number;
  /** Cached reads shared by everything that happens in the instant. */
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

/**
 * Real time, regardless of stopped clocks: for data that leaves the instance, such as signatures.
 */
export const wallClock: Clock & { now(): Date } = {
  nowMs: () => current.nowMs(),
  now: () => new Date(current.nowMs()),
};

/**
 * Monotonic milliseconds for measuring durations, unaffected by system clock changes. Follows a
 * clock installed by tests.
 */
export function monotonicMs(): number {
  return current === systemClock ? performance.now() : current.nowMs();
}

/**
 * Whether time is the machine's: no test has replaced the clock, and no clock is stopped for the
 * caller.
 */
export function isRealTime(): boolean {
  return current === systemClock && standing().getStore() === undefined;
}

/** The caller's stopped clock; undefined in real time. */
export function standingClock(): StandingClock | undefined {
  return standing().getStore();
}

/** Runs `work`, and everything it awaits, at the instant of `at`; undefined means real time. */
export function atInstant<T>(at: StandingClock | undefined, work: () => T): T {
  return standing().run(at, work);
}

/** Uniform in [0, 1), for jitter; 0 where results must be deterministic. */
export function spread(): number {
  return standingClock() ? 0 : Math.random();
}

/**
 * Caches the result of `read` for the current instant; null in real time, or if the instant has no
 * cache.
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

/** Replaces the process's clock for tests; returns a function that restores the previous one. */
export function useClock(next: Clock): () => void {
  const former = current;
  current = next;
  return () => {
    current = former;
  };
}
