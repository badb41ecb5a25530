import { log } from '@/server/platform/log';
import { kickOutbox } from '@/server/platform/outbox';
import { routeTask } from './route-task';

/** How many tasks one process routes at once; each takes a connection for a moment. */
const AT_ONCE = 2;
/** Beyond this the outbox's own telling is as fast, and memory stays bounded. */
const WAITING_MAX = 5_000;

/**
 * Routes tasks in this process as soon as they are created, a few at a time. Speed only: what it
 * drops or loses with its process, the outbox and the sweep route.
 */
export function createRoutingQueue(): { push: (taskIds: readonly string[]) => void } {
  const waiting: string[] = [];
  let running = 0;

  async function work(): Promise<void> {
    for (let taskId = waiting.shift(); taskId !== undefined; taskId = waiting.shift()) {
      await routeTask(taskId).catch((error: unknown) => {
        log.error({ err: error, taskId }, 'routing a task failed; the sweep will try again');
      });
    }
    running -= 1;
    // What was routed or found no worker is told only now, so that the outbox need not route it.
    kickOutbox();
  }

  return {
    push(taskIds) {
      if (waiting.length < WAITING_MAX) waiting.push(...taskIds);
      while (running < AT_ONCE && running < waiting.length) {
        running += 1;
        void work();
      }
    },
  };
}
