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

/** What is measured in the database serves all scrapes of so long: several Prometheus servers cost as much as one. */
const FRESH_MS = 5_000;

const further = () =>
  processWide('further-metrics', (): { measure: (() => Promise<Measured[]>) | null } => ({
    measure: null,
  }));

/** Says who knows the product's own figures; `server/boot.ts` does, once. */
export function setProductMetrics(measure: () => Promise<Measured[]>): void {
  further().measure = measure;
}

/** A gauge with one figure. */
export const gauge = (name: string, help: string, value: number): Measured => ({
  name,
  help,
  samples: [{ value }],
});

/** None where the database is silent, which the others say. */
async function measureProduct(): Promise<Measured[]> {
  try {
    return (await further().measure?.()) ?? [];
  } catch (error) {
    log.warn({ err: error }, 'What needs a person could not be measured');
    return [];
  }
}

/** Figures that all processes share; NaN where the database is silent. */
async function measureDelivery(): Promise<Measured[]> {
  const [outbox, engine] = await Promise.all([
    countOutbox().catch(() => null),
    engineCheck().catch(() => null),
  ]);
  return [
    gauge(
      'humanrail_outbox_due',
      'Facts that are due to be told and are not told yet, of all processes.',
      outbox?.due ?? Number.NaN,
    ),
    gauge(
      'humanrail_outbox_failing',
      `Facts that could not be told ${FAILING_ATTEMPTS} times or more, of all processes.`,
      outbox?.failing ?? Number.NaN,
    ),
    gauge(
      'humanrail_outbox_oldest_seconds',
      'Age of the oldest fact that is due or was put off, of all processes.',
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
      'How late timers ran, 99th percentile since the start.',
      eventLoopDelaySeconds(),
    ),
    gauge(
      'humanrail_db_connections',
      'Connections to Postgres this process holds.',
      connections.totalCount,
    ),
    gauge(
      'humanrail_db_connections_idle',
      'Those of them with nothing to do.',
      connections.idleCount,
    ),
    gauge('humanrail_db_waiting', 'Requests that wait for a connection.', connections.waitingCount),
  ];
}

/** Memory, CPU, garbage collection and more of this process, from the first scrape on: nobody else pays for it. */
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

/** Has this process tell its figures where another process of its port is asked for them; `server/boot.ts` does, once. */
export function shareMetrics(): void {
  tellSiblings(readOwn);
}

/**
 * The figures of all processes of this port, whichever of them is asked, and those that all processes share, in
 * Prometheus's text format. Where there are several processes, a label says of which a figure is.
 */
export async function readMetrics(): Promise<{ text: string; contentType: string }> {
  const [own, siblings, shared] = await Promise.all([readOwn(), readSiblings(), measureShared()]);
  for (const measured of shared) setGauge(measured, sharedRegistry());
  const name = processName();
  const all = name === null ? own : mergeFigures(new Map([[name, own], ...siblings]));
  const text = [await writeFigures(all), await sharedRegistry().metrics()].join('\n');
  return { text, contentType: registry().contentType };
}
