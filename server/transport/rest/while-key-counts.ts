import { Unauthenticated } from '@/server/platform/errors';
import { log } from '@/server/platform/log';

/** With the time a key is remembered, the end of a key is obeyed within five seconds. */
const LOOK_MS = 2_000;

/**
 * An event stream that ends soon after the key it was opened with is revoked or expires; a request
 * checks its key once, and a stream would otherwise go on for hours.
 * @param checkKey throws Unauthenticated once the key no longer counts.
 */
export function whileKeyCounts(
  stream: ReadableStream<Uint8Array>,
  checkKey: () => Promise<unknown>,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  function end(): void {
    isOver = true;
    clearInterval(timer);
  }
  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => {
        checkKey().catch((error: unknown) => {
          if (!(error instanceof Unauthenticated)) {
            log.warn({ err: error }, 'The key of an event stream could not be checked');
          } else if (!isOver) {
            end();
            controller.close();
            void reader.cancel();
          }
        });
      }, LOOK_MS);
      timer.unref();
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (isOver) return;
      if (!done) return controller.enqueue(value);
      end();
      controller.close();
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
}
