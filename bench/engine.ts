import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import { Client } from 'pg';
import { newEngineKeys } from '@/scripts/launcher/engine-keys';
import { startPostgres } from '@/server/embedded/postgres';
import type { EngineKeys } from '@/server/platform/engine-signature';

/**
 * Measures the engine as a separate process on a durable Postgres, with an app in this one: `npm
 * run bench:engine [-- <burst>]`. Prints a table, then the same as one line of JSON.
 * `ENGINE=http://…` measures another development server; `CP=0` disables checkpointing.
 */
interface Figure {
  steps: number;
  /** Time to accept the whole burst in one request, in milliseconds. */
  acceptMs: number;
  runsPerSecond: number;
  stepsPerSecond: number;
  /** One run at a time, from sending its event to its last line, in milliseconds. */
  latencyP50Ms: number;
  latencyP95Ms: number;
  /** Transactions of the engine per run, sequentially and in the burst. */
  transactionsAlone?: number;
  transactionsInBurst?: number;
}

/** Counts the transactions of the engine's database; undefined if it is not ours. */
type CountTransactions = () => Promise<number | undefined>;

const serialRuns = 100;

/** Transactions per run, to one decimal; includes the few that an idle engine makes. */
function perRun(before: number | undefined, after: number | undefined, runs: number) {
  if (before === undefined || after === undefined) return undefined;
  return Math.round(((after - before) / runs) * 10) / 10;
}

const silent = { info() {}, warn() {}, error() {}, debug() {} };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function main(): Promise<void> {
  const burst = Number(process.argv[2] ?? 500);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const keys = newEngineKeys();
    const foreign = process.env.ENGINE;
    const own = foreign ? undefined : await startOwnEngine(keys, undo);
    const engineUrl = foreign ?? own?.url ?? '';
    const count = own?.countTransactions ?? (async () => undefined);
    const app = await startApp(engineUrl, foreign ? undefined : keys, count, undo);
    const figures: Figure[] = [];
    for (const steps of [0, 1, 5]) figures.push(await app.measure(steps, burst));
    console.table(figures);
    console.log(JSON.stringify({ bench: 'engine', burst, figures }));
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function startOwnEngine(
  keys: EngineKeys,
  undo: (() => Promise<unknown>)[],
): Promise<{ url: string; countTransactions: CountTransactions }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'engine-bench-'));
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const postgres = await startPostgres({ dataDir });
  undo.push(() => postgres.stop());
  const engine = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/engine.ts', '--port', '18288'],
    {
      env: {
        ...process.env,
        DATABASE_URL: postgres.url,
        INNGEST_EVENT_KEY: keys.eventKey,
        INNGEST_SIGNING_KEY: keys.signingKey,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  undo.push(async () => {
    const ended = new Promise((resolve) => engine.once('exit', resolve));
    engine.kill('SIGTERM');
    await ended;
  });
  const url = await new Promise<string>((resolve, reject) => {
    engine.once('exit', (code) => reject(new Error(`The engine ended with code ${code}.`)));
    engine.stdout.on('data', (chunk: Buffer) => {
      const found = /ready at (http:\S+\d)/.exec(chunk.toString())?.[1];
      if (found) resolve(found);
    });
  });
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  undo.push(() => client.end());
  return { url, countTransactions: () => readTransactions(client) };
}

async function readTransactions(client: Client): Promise<number> {
  // Sessions report their statistics after being idle for a second.
  await wait(1_500);
  const { rows } = await client.query<{ n: string }>(
    'SELECT xact_commit AS n FROM pg_stat_database WHERE datname = current_database()',
  );
  return Number(rows[0]?.n);
}

async function startApp(
  engineUrl: string,
  keys: EngineKeys | undefined,
  countTransactions: CountTransactions,
  undo: (() => Promise<unknown>)[],
) {
  const mark = Date.now().toString(36);
  const inngest = new Inngest({
    id: `bench-${mark}`,
    logger: silent,
    internalLogger: silent,
    checkpointing: process.env.CP !== '0',
    baseUrl: engineUrl,
    isDev: keys === undefined,
    eventKey: keys?.eventKey ?? 'key',
    signingKey: keys?.signingKey,
    aiMetadata: false,
  });
  let latencies: number[] = [];
  const withSteps = (steps: number) =>
    inngest.createFunction(
      { id: `s${steps}`, triggers: [{ event: `b${mark}/${steps}` }] },
      async ({ event, step }) => {
        for (let i = 0; i < steps; i += 1) await step.run(`s${i}`, () => ({ i }));
        latencies.push(performance.now() - Number(event.data.t));
      },
    );
  const functions = [withSteps(0), withSteps(1), withSteps(5)];
  const server = createServer(serve({ client: inngest, functions }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(async () => {
    // The last runs' responses are still in flight to the engine.
    await wait(500);
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  const answer = await fetch(url, { method: 'PUT' });
  if (!answer.ok) throw new Error(`The app was not registered: ${await answer.text()}`);

  const event = (steps: number) => ({ name: `b${mark}/${steps}`, data: { t: performance.now() } });
  const done = async (count: number, what: string) => {
    const deadline = performance.now() + 120_000;
    while (latencies.length < count) {
      if (performance.now() > deadline) throw new Error(`${what}: ${latencies.length} of ${count}`);
      await wait(2);
    }
  };

  return {
    async measure(steps: number, burst: number): Promise<Figure> {
      latencies = [];
      const atFirst = await countTransactions();
      for (let i = 1; i <= serialRuns; i += 1) {
        await inngest.send(event(steps));
        await done(i, 'one at a time');
      }
      const beforeBurst = await countTransactions();
      const serial = [...latencies].sort((a, b) => a - b);
      latencies = [];
      const start = performance.now();
      await inngest.send(Array.from({ length: burst }, () => event(steps)));
      const accepted = performance.now() - start;
      await done(burst, 'burst');
      const seconds = (performance.now() - start) / 1_000;
      await wait(500);
      const atLast = await countTransactions();
      return {
        steps,
        acceptMs: Math.round(accepted),
        runsPerSecond: Math.round(burst / seconds),
        stepsPerSecond: Math.round((burst * steps) / seconds),
        latencyP50Ms: Math.round(serial[Math.floor(serial.length * 0.5)] ?? 0),
        latencyP95Ms: Math.round(serial[Math.floor(serial.length * 0.95)] ?? 0),
        transactionsAlone: perRun(atFirst, beforeBurst, serialRuns),
        transactionsInBurst: perRun(beforeBurst, atLast, burst),
      };
    },
  };
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
