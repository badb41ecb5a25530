/** Long work on the event loop lets others have their turn after so many milliseconds. */
const TURN_MS = 10;

/**
 * For loops that may take long: awaiting the returned function between two steps costs nothing, until
 * the loop has been busy for 10 ms; then whatever waits goes first.
 */
export function takeTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
