const begin = performance.now();

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints one line. */
export function say(line: string): void {
  console.log(`  ${line}`);
}

/** Prints one line about a problem that is being handled. */
export function warn(line: string): void {
  console.error(`  ! ${line}`);
}

/** How long the launcher has been running, for the last line. */
export function elapsed(): string {
  return seconds(begin);
}

/**
 * Runs one part of the start and prints its duration; a line every five seconds shows that it is
 * still running. `work` returns the message for its end.
 */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  done: (result: T) => string,
): Promise<T> {
  const since = performance.now();
  const timer = setInterval(() => say(`… ${name} (${seconds(since)})`), 5_000);
  try {
    const result = await work();
    say(`✓ ${done(result)} (${seconds(since)})`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
