import { TRPCError } from '@trpc/server';
import { Unauthenticated } from '@/server/platform/errors';

/** Together with the session's cache TTL, a revocation takes effect within five seconds. */
const LOOK_MS = 2_000;
const LOOK = Symbol('look');

export function signedOut(): Unauthenticated {
  return new Unauthenticated('signed_out', 'You are signed out. Sign in again.');
}

/**
 * Ends a stream with `signed_out` once `isSignedIn` returns false, checked every two seconds;
 * without this, a stream would outlive its session by hours.
 */
export function whileSignedIn<T>(
  stream: AsyncIterable<T>,
  isSignedIn: () => Promise<boolean>,
): AsyncGenerator<T> {
  const guarded = guard(stream, isSignedIn);
  const next = guarded.next.bind(guarded);
  guarded.next = (...args) => {
    const result = next(...args);
    // tRPC requests the next value before the client has taken the last one. If that fails after
    // the client disconnected, nothing handles the rejection.
    result.catch(() => undefined);
    return result;
  };
  return guarded;
}

async function* guard<T>(
  stream: AsyncIterable<T>,
  isSignedIn: () => Promise<boolean>,
): AsyncGenerator<T> {
  const iterator = stream[Symbol.asyncIterator]();
  let next = iterator.next();
  let lookAtMs = performance.now() + LOOK_MS;
  try {
    for (;;) {
      const winner = await firstOf(next, lookAtMs - performance.now());
      if (winner === LOOK || performance.now() >= lookAtMs) {
        if (!(await isSignedIn())) {
          const cause = signedOut();
          throw new TRPCError({ code: 'UNAUTHORIZED', message: cause.message, cause });
        }
        lookAtMs = performance.now() + LOOK_MS;
      }
      if (winner === LOOK) continue;
      if (winner.done) return;
      yield winner.value;
      next = iterator.next();
    }
  } finally {
    // It may be waiting for an event; it ends with the request's signal.
    void iterator.return?.();
  }
}

async function firstOf<T>(next: Promise<T>, lookInMs: number): Promise<T | typeof LOOK> {
  let timer: NodeJS.Timeout | undefined;
  const look = new Promise<typeof LOOK>((resolve) => {
    timer = setTimeout(() => resolve(LOOK), Math.max(0, lookInMs));
  });
  try {
    return await Promise.race([next, look]);
  } finally {
    clearTimeout(timer);
  }
}
