import { log } from '@/server/platform/log';
import { kickOutbox } from '@/server/platform/outbox';

/** How many of a queue one process routes at once; each takes a connection for a moment. */
const AT_ONCE = 2;
/** Beyond this the outbox's own telling is as fast, and memory stays bounded. */
const WAITING_MAX = 5_000;

/**
 * Routes in this process, at once and a few at a time: tasks as they are created, or workers as they
 * come online. Speed only: what it drops or loses with its process, the outbox and the sweep route.
 * @param route what is done with each id.
 */
export function createRoutingQueue(route: (id: string) => Promise<unknown>): {
  push: (ids: readonly string[]) => void;
} {
  const waiting: string[] = [];
  let running = 0;

  async function work(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await route(id).catch((error: unknown) => {
        log.error({ err: error, id }, 'Routing failed; the sweep will try again');
      });
    }
    running -= 1;
    // Kicked only now, so that the outbox does not route the same again.
    kickOutbox();
  }

  return {
    push(ids) {
      if (waiting.length < WAITING_MAX) waiting.push(...ids);
      while (running < AT_ONCE && running < waiting.length) {
        running += 1;
        void work();
      }
    },
  };
}
