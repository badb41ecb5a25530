import { db, useDatabase } from '@/server/platform/db';
import { type CreatedTask, judgeRun } from '../crash/judge-run';
import { killPart } from '../crash/killer';
import { type Receiver, startReceiver } from '../crash/receiver';
import { scriptTasks } from '../crash/script';
import { createAll, registerReceiver, waitForEnd } from '../crash/workload';
import { startTemporaryInstance, type TemporaryInstance } from '../launcher/temporary-instance';
import { Agent } from './agent';
import { awaited } from './patience';
import { SCENARIOS } from './scenarios';

/** The engine the product runs on. */
export interface ProductRun {
  /** Variables that point the app to an Inngest server; none for the embedded engine. */
  engineEnv: Record<string, string>;
  /** Timeout of each wait for the engine, in seconds. */
  patienceSeconds: number;
  /** Tasks in progress while the app is killed. */
  tasks: number;
  /** Only scenarios whose name matches. */
  pattern?: RegExp;
  say(words: string): void;
}

/** A scenario's result. */
export interface ScenarioResult {
  name: string;
  seconds: number;
  /** What was seen. */
  seen: string;
  /** Violated expectations; empty if it passed. */
  faults: string[];
}

const CREATING_SECONDS = 8;
/**
 * When the app is killed, as shares of the tasks: first while they are being created, then once the
 * app is up again and the engine calls it, detected by the tasks that have ended since.
 */
const KILLS = [
  { created: 0.3, ended: 0 },
  { created: 0.6, ended: 0.05 },
];

/**
 * Runs the product's own scenarios on an engine: the real app with its real jobs, started like `npm
 * start`, with a temporary Postgres. They run concurrently, including the crash, so they must
 * survive the app's death.
 */
export async function runProduct(options: ProductRun): Promise<ScenarioResult[]> {
  const { say } = options;
  say('Starting an instance.');
  const instance = await startTemporaryInstance({ WEB_PROCESSES: '1', ...options.engineEnv });
  const receiver = await startReceiver();
  const release = await useDatabase(instance.runtime.databaseUrl);
  let sound = false;
  try {
    await registerReceiver(instance, receiver);
    const results = await runScenarios(options, instance, receiver);
    sound = results.every((result) => result.faults.length === 0);
    return results;
  } finally {
    receiver.stop();
    await release();
    if (sound) await instance.stop();
    else say(`What the instance left behind, with its logs, stays in ${instance.dataDir}.`);
  }
}

async function runScenarios(
  options: ProductRun,
  instance: TemporaryInstance,
  receiver: Receiver,
): Promise<ScenarioResult[]> {
  const { pattern, say } = options;
  const isWanted = (name: string) => !pattern || pattern.test(name);
  const agent = new Agent(instance, options.patienceSeconds);
  const wanted = Object.entries(SCENARIOS).filter(([name]) => isWanted(name));
  const beginnings: Promise<void>[] = [];
  const start = ([name, { run }]: (typeof wanted)[number], readyForKills: () => void) =>
    observe(name, say, async () => ({
      seen: await run({ agent, live: agent.live(), receiver, readyForKills }),
      faults: [],
    }));
  const running = wanted
    .filter(([, { beforeKills }]) => beforeKills)
    .map((scenario) => {
      const { promise, resolve } = withResolvers();
      beginnings.push(promise);
      return start(scenario, resolve).finally(resolve);
    });
  // Timing-sensitive parts come first; the load and the kills follow.
  await Promise.all(beginnings);
  for (const scenario of wanted.filter(([, { beforeKills }]) => !beforeKills)) {
    running.push(start(scenario, () => undefined));
  }
  const crash = `${options.tasks} tasks, the app killed twice`;
  if (isWanted(crash)) {
    running.push(observe(crash, say, () => crashApp(options, instance, receiver)));
  }
  return await Promise.all(running);
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Kills the app while tasks are created and worked on, and then checks the results like `npm run crash`. */
async function crashApp(
  { tasks, patienceSeconds, say }: ProductRun,
  instance: TemporaryInstance,
  receiver: Receiver,
): Promise<Observation> {
  let createdCount = 0;
  const creating = createAll(
    instance,
    scriptTasks(`product-${Date.now()}`, tasks),
    CREATING_SECONDS,
    () => {
      createdCount += 1;
    },
  );
  // Rejects on a refusal, and never resolves.
  const refused = creating.then(() => new Promise<never>(() => undefined));
  refused.catch(() => undefined);
  let endedBefore = 0;
  for (const share of KILLS) {
    const target = endedBefore + Math.floor(share.ended * tasks);
    const isTime = async () =>
      createdCount >= share.created * tasks && (await countEnded()) >= target;
    await Promise.race([refused, awaited(`${target} tasks have ended`, patienceSeconds, isTime)]);
    await killPart(instance, 'app');
    endedBefore = await countEnded();
    say(`kill -9: the app, with ${createdCount} of ${tasks} tasks created, ${endedBefore} ended`);
  }
  const created: CreatedTask[] = await creating;
  await waitForEnd(patienceSeconds, say);
  const faults = await judgeRun(created, receiver);
  const { received, repeated } = receiver.counts;
  return {
    seen: `all ended as scripted, paid and told once; ${received} webhooks, ${repeated} of them again`,
    faults,
  };
}

/** Number of the crowd's ended tasks. */
function countEnded(): Promise<number> {
  return db.task.count({ where: { type: 'crash_run', completedAt: { not: null } } });
}

type Observation = Pick<ScenarioResult, 'seen' | 'faults'>;

async function observe(
  name: string,
  say: (words: string) => void,
  work: () => Promise<Observation>,
): Promise<ScenarioResult> {
  const begunMs = performance.now();
  const { seen, faults } = await work().catch((error: Error) => ({
    seen: '',
    faults: [error.message],
  }));
  const seconds = (performance.now() - begunMs) / 1000;
  say(`${faults.length === 0 ? '✓' : '✗'} ${name}: ${[seen, ...faults].filter(Boolean).join(' ')}`);
  return { name, seconds, seen, faults };
}
