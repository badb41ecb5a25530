import { pool } from './db';
import { engineCheck } from './engine-link';
import { eventLoopDelaySeconds } from './event-loop-delay';
import { log } from './log';
import { countOutbox, FAILING_ATTEMPTS } from './outbox';
import { processWide } from './process-wide';

/** A gauge; NaN where it could not be measured. */
export interface Metric {
  name: string;
  help: string;
  value: number;
}

const further = () =>
  processWide('further-metrics', (): { measure: (() => Promise<Metric[]>) | null } => ({
    measure: null,
  }));

/** Says who knows the product's own figures; `server/boot.ts` does, once. */
export function setProductMetrics(measure: () => Promise<Metric[]>): void {
  further().measure = measure;
}

/** None where the database is silent, which the others say. */
async function measureProduct(): Promise<Metric[]> {
  try {
    return (await further().measure?.()) ?? [];
  } catch (error) {
    log.warn({ err: error }, 'What needs a person could not be measured');
    return [];
  }
}

/** Figures that all processes share; none where the database is silent. */
async function measureDelivery(): Promise<Metric[]> {
  const [outbox, engine] = await Promise.all([
    countOutbox().catch(() => null),
    engineCheck().catch(() => null),
  ]);
  return [
    {
      name: 'humanrail_outbox_due',
      help: 'Facts that are due to be told and are not told yet, of all processes.',
      value: outbox?.due ?? Number.NaN,
    },
    {
      name: 'humanrail_outbox_failing',
      help: `Facts that could not be told ${FAILING_ATTEMPTS} times or more, of all processes.`,
      value: outbox?.failing ?? Number.NaN,
    },
    {
      name: 'humanrail_outbox_oldest_seconds',
      help: 'Age of the oldest fact that is due or was put off, of all processes.',
      value: outbox?.oldestSeconds ?? Number.NaN,
    },
    {
      name: 'humanrail_engine_registered',
      help: 'Whether the workflow engine knows the jobs and calls them, 1 or 0.',
      value: engine ? Number(engine.ok) : Number.NaN,
    },
  ];
}

async function measure(): Promise<Metric[]> {
  const memory = process.memoryUsage();
  const connections = pool();
  return [
    {
      name: 'process_resident_memory_bytes',
      help: 'Memory of this process.',
      value: memory.rss,
    },
    {
      name: 'process_uptime_seconds',
      help: 'Seconds since this process started.',
      value: process.uptime(),
    },
    {
      name: 'humanrail_event_loop_delay_p99_seconds',
      help: 'How late timers ran, 99th percentile since the start.',
      value: eventLoopDelaySeconds(),
    },
    {
      name: 'humanrail_db_connections',
      help: 'Connections to Postgres this process holds.',
      value: connections.totalCount,
    },
    {
      name: 'humanrail_db_connections_idle',
      help: 'Those of them with nothing to do.',
      value: connections.idleCount,
    },
    {
      name: 'humanrail_db_waiting',
      help: 'Requests that wait for a connection.',
      value: connections.waitingCount,
    },
    ...(await measureDelivery()),
    ...(await measureProduct()),
  ];
}

/** This process's figures, each a gauge, in Prometheus's text format. */
export async function readMetrics(): Promise<string> {
  const metrics = await measure();
  const lines = metrics.flatMap(({ name, help, value }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    `${name} ${Number.isNaN(value) ? 'NaN' : value}`,
  ]);
  return `${lines.join('\n')}\n`;
}
