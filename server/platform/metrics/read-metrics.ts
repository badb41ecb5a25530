import { collectDefaultMetrics } from 'prom-client';
import { pool } from '../db';
import { engineCheck } from '../engine-link';
import { eventLoopDelaySeconds } from '../event-loop-delay';
import { log } from '../log';
import { countOutbox, FAILING_ATTEMPTS } from '../outbox';
import { processWide } from '../process-wide';
import { remembered } from '../remembered';
import { type Measured, registry, setGauge, sharedRegistry } from './registry';
import { type Figures, processName, readSiblings, tellSiblings } from './siblings';
import { mergeFigures, writeFigures } from './write-figures';

/** Cache TTL of database measurements, so that several Prometheus servers cost as much as one. */
const FRESH_MS = 5_000;

const further = () =>
  processWide('further-metrics', (): { measure: (() => Promise<Measured[]>) | null } => ({
    measure: null,
  }));

/** Registers the product's own metrics; called once by `server/boot.ts`. */
export function setProductMetrics(measure: () => Promise<Measured[]>): void {
  further().measure = measure;
}

/** A gauge with one sample. */
export const gauge = (name: string, help: string, value: number): Measured => ({
  name,
  help,
  samples: [{ value }],
});

/** Empty if the database does not respond, which the other metrics show. */
async function measureProduct(): Promise<Measured[]> {
  try {
    return (await further().measure?.()) ?? [];
  } catch (error) {
    log.warn({ err: error }, 'Failed to measure what needs attention');
    return [];
  }
}

/** Metrics shared by all processes; NaN if the database does not respond. */
async function measureDelivery(): Promise<Measured[]> {
  const [outbox, engine] = await Promise.all([
    countOutbox().catch(() => null),
    engineCheck().catch(() => null),
  ]);
  return [
    gauge(
      'humanrail_outbox_due',
      'Due outbox events that are not published yet, across all processes.',
      outbox?.due ?? Number.NaN,
    ),
    gauge(
      'humanrail_outbox_failing',
      `Outbox events that failed ${FAILING_ATTEMPTS} times or more, across all processes.`,
      outbox?.failing ?? Number.NaN,
    ),
    gauge(
      'humanrail_outbox_oldest_seconds',
      'Age of the oldest due or postponed outbox event, across all processes.',
      outbox?.oldestSeconds ?? Number.NaN,
    ),
    gauge(
      'humanrail_engine_registered',
      'Whether the workflow engine knows the jobs and calls them, 1 or 0.',
      engine ? Number(engine.ok) : Number.NaN,
    ),
  ];
}

const measureShared = remembered({
  name: 'metrics.shared',
  freshMs: FRESH_MS,
  read: async () => (await Promise.all([measureDelivery(), measureProduct()])).flat(),
});

function measureProcess(): Measured[] {
  const connections = pool();
  return [
    gauge('process_uptime_seconds', 'Seconds since this process started.', process.uptime()),
    gauge(
      'humanrail_event_loop_delay_p99_seconds',
      'Event loop delay, 99th percentile since the start.',
      eventLoopDelaySeconds(),
    ),
    gauge(
      'humanrail_db_connections',
      'This process’s connections to Postgres.',
      connections.totalCount,
    ),
    gauge('humanrail_db_connections_idle', 'Idle connections among them.', connections.idleCount),
    gauge('humanrail_db_waiting', 'Requests waiting for a connection.', connections.waitingCount),
  ];
}

/**
 * Memory, CPU, garbage collection and more of this process; starts with the first scrape, so that
 * it costs nothing otherwise.
 */
const watchProcess = () =>
  processWide('metrics.default', () => {
    collectDefaultMetrics({ register: registry() });
    return true;
  });

/** This process's own figures. */
async function readOwn(): Promise<Figures> {
  watchProcess();
  for (const measured of measureProcess()) setGauge(measured, registry());
  return (await registry().getMetricsAsJSON()) as Figures;
}

/**
 * Lets other processes of this port collect this process's metrics; called once by
 * `server/boot.ts`.
 */
export function shareMetrics(): void {
  tellSiblings(readOwn);
}

/**
 * The metrics of all processes of this port, regardless of which one is scraped, plus the shared
 * ones, in Prometheus's text format. With several processes, a label names the process.
 */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const [own, siblings, shared] = await Promise.all([readOwn(), readSiblings(), measureShared()]);
  for (const measured of shared) setGauge(measured, sharedRegistry());
  const name = processName();
  const all = name === null ? own : mergeFigures(new Map([[name, own], ...siblings]));
  const text = [await writeFigures(all), await sharedRegistry().metrics()].join('\n');
  return { text, contentType: registry().contentType };
}
