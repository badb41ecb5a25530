/** Where time comes from. Product code never calls `Date.now()` itself, so a test can move time. */
export interface Clock {
  /** The current instant, in milliseconds since the Unix epoch. */
  nowMs(): number;
}

let current: Clock = { nowMs: () => Date.now() };

export const clock: Clock & { now(): Date } = {
  nowMs: () => current.nowMs(),
  now: () => new Date(current.nowMs()),
};

/** Replaces the process's clock; returns a function that puts the former one back. For tests. */
export function useClock(next: Clock): () => void {
  const former = current;
  current = next;
  return () => {
    current = former;
  };
}
