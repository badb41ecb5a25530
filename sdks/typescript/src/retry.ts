const BACK_OFF_MS_FIRST = 500;
const BACK_OFF_MS_MAX = 8_000;
const RETRY_AFTER_SECONDS_MAX = 60;

/**
 * True if a retry may succeed: 408, 429, 5xx but 501, and a 409 that
 * only says that the first request with this idempotency key is still running.
 */
export function isRetryable(status: number, code: string | undefined): boolean {
  if (status === 408 || status === 429) return true;
  if (status === 409) return code === 'idempotency_in_flight';
  return status >= 500 && status !== 501;
}

/**
 * How long to wait before retry number `retry` (0 is the first), in milliseconds. Between 0.5 and
 * 1 s, then 1 and 2, 2 and 4, and from there on 4 and 8; never less than the API asked for, as long
 * as it asked for a minute at most.
 *
 * @param random from 0 up to 1: where in the range to fall, so that clients' retries do not synchronize.
 */
export function retryDelayMs(
  retry: number,
  retryAfterSeconds: number | undefined,
  random: number = Math.random(),
): number {
  const floor = Math.min(BACK_OFF_MS_MAX / 2, BACK_OFF_MS_FIRST * 2 ** retry);
  const backOffMs = floor * (1 + random);
  if (retryAfterSeconds === undefined || retryAfterSeconds > RETRY_AFTER_SECONDS_MAX) {
    return backOffMs;
  }
  return Math.max(backOffMs, retryAfterSeconds * 1000);
}

/** Reads `Retry-After`, whole seconds or an HTTP date, as seconds from now; undefined if neither. */
export function parseRetryAfter(
  header: string | null | undefined,
  nowMs: number = Date.now(),
): number | undefined {
  const value = header?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  // Only what looks like an HTTP date: Date.parse also takes bare and negative numbers for years.
  const dateMs = /^[A-Za-z]{3}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, Math.ceil((dateMs - nowMs) / 1000));
}

/** Waits; rejects at once with the signal's reason when it is aborted. */
export function sleep(delayMs: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
