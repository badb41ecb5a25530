import { authenticateKey } from './features/api-keys';
import { createRoutingQueue, routeForWorker, routeTask } from './features/routing';
import { onOpenTasks } from './features/tasks';
import { onWorkersOnline } from './features/workers';
import { publish, subscribers } from './jobs';
import { createRelay, setRelay } from './platform/outbox';
import { processWide } from './platform/process-wide';
import { setAuthenticator } from './transport/rest';

/**
 * Joins the parts of one app process: keys are checked by the api-keys feature, the outbox is told
 * to the engine, and new tasks and workers who come online are routed at once. Called once when the server starts.
 */
export function boot(): void {
  processWide('boot', () => {
    setAuthenticator(authenticateKey);
    const relay = createRelay({ subscribers, publish });
    setRelay(relay);
    relay.start();
    onOpenTasks(createRoutingQueue(routeTask).push);
    onWorkersOnline(createRoutingQueue(routeForWorker).push);
    return true;
  });
}
