import { TRPCError } from '@trpc/server';
import { Unauthenticated } from '@/server/platform/errors';

const LOOK_MS = 5_000;
const LOOK = Symbol('look');

export function signedOut(): Unauthenticated {
  return new Unauthenticated('signed_out', 'You are signed out. Sign in again.');
}

/**
 * A stream that ends with `signed_out` once the session it was opened in has ended; a request asks
 * once, a stream would otherwise go on for hours.
 */
export async function* whileSignedIn<T>(
  stream: AsyncIterable<T>,
  isSignedIn: () => Promise<boolean>,
): AsyncGenerator<T> {
  const iterator = stream[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const winner = await firstOf(next);
      if (winner === LOOK) {
        if (await isSignedIn()) continue;
        const cause = signedOut();
        throw new TRPCError({ code: 'UNAUTHORIZED', message: cause.message, cause });
      }
      if (winner.done) return;
      yield winner.value;
      next = iterator.next();
    }
  } finally {
    // It may still wait for something to happen; it ends with the request's signal.
    void iterator.return?.();
  }
}

async function firstOf<T>(next: Promise<T>): Promise<T | typeof LOOK> {
  let timer: NodeJS.Timeout | undefined;
  const look = new Promise<typeof LOOK>((resolve) => {
    timer = setTimeout(() => resolve(LOOK), LOOK_MS);
  });
  try {
    return await Promise.race([next, look]);
  } finally {
    clearTimeout(timer);
  }
}
