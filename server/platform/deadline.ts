/** The work exceeded its timeout. */
export class DeadlinePassed extends Error {
  override name = 'DeadlinePassed';
}

/**
 * Runs `work` with a timeout. Its signal is aborted at the timeout, but the result does not depend
 * on that: Node's `fetch` sometimes loses a request whose server was killed, and then neither
 * settles nor reacts to its signal.
 * @throws DeadlinePassed, or what `work` throws.
 */
export async function withDeadline<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new DeadlinePassed(`No response within ${ms / 1000} s.`);
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([work(controller.signal), passed]);
  } finally {
    clearTimeout(timer);
  }
}
