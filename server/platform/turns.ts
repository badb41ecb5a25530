/** Long work yields to the event loop after this many milliseconds. */
const TURN_MS = 10;

/**
 * For long loops: awaiting the returned function between two steps costs nothing until the loop has
 * been busy for 10 ms; then it yields to the event loop.
 */
export function takeTurns(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < TURN_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  };
}
