import { log } from '@/server/platform/log';
import { kickOutbox } from '@/server/platform/outbox';

/** How many batches of a queue one process routes at once; each takes a connection for a moment. */
const AT_ONCE = 2;
const BATCH = 50;
/** Beyond this the outbox is as fast, and memory stays bounded. */
const WAITING_MAX = 5_000;

/**
 * Routes in this process, at once and in batches: tasks as they are created, or workers as they come
 * online. An optimization only: what it drops or loses with its process, the outbox and the sweep route.
 * @param route what is done with a batch of ids.
 */
export function createRoutingQueue(route: (ids: readonly string[]) => Promise<unknown>): {
  push: (ids: readonly string[]) => void;
} {
  const waiting: string[] = [];
  let running = 0;

  async function work(): Promise<void> {
    while (waiting.length > 0) {
      const ids = waiting.splice(0, BATCH);
      await route(ids).catch((error: unknown) => {
        log.error({ err: error, ids }, 'Routing failed; the sweep will try again');
      });
    }
    running -= 1;
    // Kicked only now, so that the outbox does not route the same again.
    kickOutbox();
  }

  return {
    push(ids) {
      if (waiting.length < WAITING_MAX) waiting.push(...ids);
      if (running < AT_ONCE && waiting.length > 0) {
        running += 1;
        void work();
      }
    },
  };
}
