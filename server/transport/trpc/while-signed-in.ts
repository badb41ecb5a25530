import { TRPCError } from '@trpc/server';
import { Unauthenticated } from '@/server/platform/errors';

/** With the two seconds that a session is remembered, an ending is obeyed within five. */
const LOOK_MS = 2_000;
const LOOK = Symbol('look');

export function signedOut(): Unauthenticated {
  return new Unauthenticated('signed_out', 'You are signed out. Sign in again.');
}

/**
 * A stream that ends with `signed_out` once `isSignedIn` says no; a request asks once, a stream
 * would otherwise go on for hours. It asks every two seconds, however busy the stream is.
 */
export function whileSignedIn<T>(
  stream: AsyncIterable<T>,
  isSignedIn: () => Promise<boolean>,
): AsyncGenerator<T> {
  const guarded = guard(stream, isSignedIn);
  const next = guarded.next.bind(guarded);
  guarded.next = (...args) => {
    const result = next(...args);
    // tRPC asks for the next value before the client has taken the last. Where that fails and the
    // client is gone, nothing else listens, and an unhandled rejection would be the server's.
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
    // It may still wait for something to happen; it ends with the request's signal.
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
