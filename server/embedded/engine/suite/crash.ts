import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Inngest } from 'inngest';
import { serve } from 'inngest/node';
import type { EngineKeys } from '@/server/platform/engine-signature';

export interface CrashOptions {
  /** One engine process each: its address, and the command that starts it. */
  engines: { url: string; command: string; args: string[]; env: Record<string, string> }[];
  /** The engines' keys. */
  keys: EngineKeys;
  runs: number;
  /** Number of SIGKILLs, in turn over the engines, and how long each engine lives. */
  kills: number;
  gapMs: number;
  checkpointing: boolean;
}

export interface CrashResult {
  runs: number;
  /** Runs whose end was announced; fewer than all means that one was lost. */
  ended: number;
  /** Runs whose end was announced more than once. */
  endedTwice: number;
  /** Runs whose calls saw different results of the same step. */
  inconsistent: number;
  /** How often step bodies ran, and how often they would have without kills. */
  stepExecutions: number;
  stepsExpected: number;
  seconds: number;
}

const silent = { info() {}, warn() {}, error() {}, debug() {} };
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends events while engines are killed and restarted, and counts the outcomes of the runs. The app
 * lives in this process and sees every execution. Step bodies may run again (at-least-once); their
 * memoized result and the run's end must not differ.
 */
export async function crashTest(options: CrashOptions): Promise<CrashResult> {
  const app = await serveApp(options);
  const engines = options.engines.map((engine) => new EngineProcess(engine));
  try {
    for (const engine of engines) engine.start();
    await Promise.all(engines.map((engine) => engine.ready()));
    await app.register();
    const start = Date.now();
    const sending = app.sendAll();
    for (let kill = 0; kill < options.kills; kill += 1) {
      await wait(options.gapMs);
      const victim = engines[kill % engines.length];
      victim?.kill();
      await wait(300);
      victim?.start();
    }
    await sending;
    const deadline = Date.now() + 90_000;
    while (app.endedCount() < options.runs && Date.now() < deadline) await wait(200);
    const seconds = (Date.now() - start) / 1_000;
    await wait(4_000);
    return app.result(seconds);
  } finally {
    for (const engine of engines) engine.kill();
    await app.close();
  }
}

class EngineProcess {
  #process: ChildProcess | undefined;

  constructor(private readonly engine: CrashOptions['engines'][number]) {}

  start(): void {
    this.#process = spawn(this.engine.command, this.engine.args, {
      env: { ...process.env, ...this.engine.env },
      stdio: 'ignore',
    });
  }

  kill(): void {
    this.#process?.kill('SIGKILL');
  }

  async ready(): Promise<void> {
    for (let attempt = 0; attempt < 240; attempt += 1) {
      const answer = await fetch(`${this.engine.url}/health`).catch(() => undefined);
      if (answer?.ok) return;
      await wait(250);
    }
    throw new Error(`The engine at ${this.engine.url} did not start within a minute.`);
  }
}

async function serveApp({ engines, keys, runs, checkpointing }: CrashOptions) {
  const mark = Date.now().toString(36);
  const inngest = new Inngest({
    id: `crash-${mark}`,
    logger: silent,
    internalLogger: silent,
    checkpointing,
    baseUrl: engines[0]?.url,
    isDev: false,
    ...keys,
  });
  const executions = new Map<string, number>();
  const results = new Map<number, Set<string>>();
  const ends = new Map<number, Set<string>>();
  const body = (i: number, name: string, minMs: number, spreadMs: number) => async () => {
    await wait(minMs + Math.random() * spreadMs);
    const count = (executions.get(`${i}${name}`) ?? 0) + 1;
    executions.set(`${i}${name}`, count);
    return `${name}${count}`;
  };
  const work = inngest.createFunction(
    { id: 'work', retries: 10, triggers: [{ event: `c${mark}/go` }] },
    async ({ event, step }) => {
      const i = Number(event.data.i);
      const a = await step.run('a', body(i, 'a', 100, 200));
      await step.sleep('z', '1s');
      const [b, c] = await Promise.all([
        step.run('b', body(i, 'b', 100, 300)),
        step.run('c', body(i, 'c', 50, 300)),
      ]);
      await step.run('d', body(i, 'd', 50, 0));
      // For d, the SDK shows a call its own value while the checkpoint is still in flight: if the
      // engine was killed just then, the memoized value is another call's.
      results.set(i, (results.get(i) ?? new Set()).add([a, b, c].join()));
      return { i };
    },
  );
  const onEnd = inngest.createFunction(
    {
      id: 'on-end',
      retries: 10,
      triggers: [
        {
          event: 'inngest/function.finished',
          if: `event.data.function_id == 'crash-${mark}-work'`,
        },
      ],
    },
    async ({ event, runId }) => {
      const { result } = event.data as unknown as { result: { i: number } | null };
      const i = result?.i ?? -1;
      // A call of this function may repeat; a second run must not.
      ends.set(i, (ends.get(i) ?? new Set()).add(runId));
    },
  );
  const server = createServer(serve({ client: inngest, functions: [work, onEnd] }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;

  return {
    async register() {
      const answer = await fetch(url, { method: 'PUT' });
      if (!answer.ok) throw new Error(`The app was not registered: ${await answer.text()}`);
    },
    async sendAll() {
      for (let first = 0; first < runs; first += 10) {
        const events = Array.from({ length: Math.min(10, runs - first) }, (_, k) => ({
          id: `${mark}-${first + k}`,
          name: `c${mark}/go`,
          data: { i: first + k },
        }));
        while (!(await inngest.send(events).then(Boolean, () => false))) await wait(200);
        await wait(150);
      }
    },
    endedCount: () => ends.size,
    result(seconds: number): CrashResult {
      return {
        runs,
        ended: ends.size,
        endedTwice: [...ends.values()].filter((runIds) => runIds.size > 1).length,
        inconsistent: [...results.values()].filter((seen) => seen.size > 1).length,
        stepExecutions: [...executions.values()].reduce((sum, count) => sum + count, 0),
        stepsExpected: runs * 4,
        seconds,
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
