import { authenticateKey } from './features/api-keys';
import { measureOperations } from './features/operations';
import { syncEnvironmentRails } from './features/payouts';
import { routeForWorkers, routeTasks } from './features/routing';
import { onAnswered, onOpenTasks } from './features/tasks';
import { judgeTasks } from './features/verification';
import { onWorkersOnline } from './features/workers';
import { inngest, jobs, jobsDoor, publish, serveOrigin, subscribers, trimmer } from './jobs';
import { announceProcess } from './platform/app-processes';
import { setEngineConsole } from './platform/engine-link';
import { env } from './platform/env';
import { watchEventLoop } from './platform/event-loop-delay';
import { log } from './platform/log';
import { setProductMetrics, shareMetrics } from './platform/metrics';
import { createHintQueue, createRelay, setRelay } from './platform/outbox';
import { makeEnvironmentPlain } from './platform/plain-environment';
import { processWide } from './platform/process-wide';
import { startTracing } from './platform/tracing';
import { createEngineConsole } from './transport/jobs/engine-console';
import { createKeeper } from './transport/jobs/keep-registered';
import { setKeeper } from './transport/jobs/registered-keeper';
import { setAuthenticator } from './transport/rest';

/**
 * Joins the parts of one app process: keys are checked by the api-keys feature, the engine is kept
 * told of the jobs, the outbox is told to it, and new tasks and workers who come online are routed at
 * once. Called once when the server starts.
 */
export function boot(): void {
  processWide('boot', () => {
    makeEnvironmentPlain();
    watchEventLoop();
    announceProcess();
    beginTracing();
    setProductMetrics(measureOperations);
    shareMetrics();
    setAuthenticator(authenticateKey);
    const relay = createRelay({
      subscribers,
      trimmer,
      publish,
      onUnavailable: () => keeper.suspect(),
    });
    setRelay(relay);
    const keeper = createKeeper({
      ...{ client: inngest, door: jobsDoor, jobs, origin: serveOrigin },
      onRowDue: relay.expect,
    });
    setKeeper(keeper);
    setEngineConsole(createEngineConsole(inngest));
    if (inngest.mode === 'dev' || inngest.signingKey) keeper.start();
    else {
      log.warn('No workflow engine is configured; set INNGEST_BASE_URL and both keys');
      relay.start();
    }
    onOpenTasks(createHintQueue('Routing', routeTasks).push);
    onWorkersOnline(createHintQueue('Routing for a worker', routeForWorkers).push);
    onAnswered(createHintQueue('Judging', judgeTasks).push);
    syncEnvironmentRails().catch((error: unknown) =>
      log.error({ err: error }, 'The rails of the environment are not set up'),
    );
    return true;
  });
}

/** Without an endpoint, nothing of it is loaded. */
function beginTracing(): void {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: serviceName } = env;
  if (!endpoint) return;
  startTracing({ endpoint, serviceName, share: env.OTEL_TRACES_SAMPLER_ARG }).catch(
    (error: unknown) => log.error({ err: error }, 'Traces are not exported'),
  );
}
