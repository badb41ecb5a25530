import { log } from '@/server/platform/log';
import { kickOutbox } from '@/server/platform/outbox';

/** Concurrency per process; each routing uses a connection briefly. */
const AT_ONCE = 2;
/** Above this, the outbox is just as fast, and memory stays bounded. */
const WAITING_MAX = 5_000;

/**
 * Routes new tasks and workers who come online within this process, at once. Only an optimization:
 * whatever it drops or loses is routed by the outbox and the sweep.
 * @param route routes one ID.
 */
export function createRoutingQueue(route: (id: string) => Promise<unknown>): {
  push: (ids: readonly string[]) => void;
} {
  const waiting: string[] = [];
  let running = 0;

  async function work(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      await route(id).catch((error: unknown) => {
        log.error({ err: error, id }, 'Routing failed; the sweep will retry');
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
