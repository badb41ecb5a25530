import { Unauthenticated } from '@/server/platform/errors';
import { log } from '@/server/platform/log';

/** Together with the key's cache TTL, a revocation takes effect within five seconds. */
const LOOK_MS = 2_000;

/**
 * Ends an event stream soon after its key is revoked or expires; without this, a stream would
 * outlive its key by hours.
 * @param checkKey throws Unauthenticated once the key is no longer valid.
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
            log.warn({ err: error }, 'Failed to check the key of an event stream');
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
