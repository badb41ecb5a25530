import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { TemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { db } from '@/server/platform/db';
import { createOrganization } from '@/server/testing/factories';
import type { Figure } from './figure';
import { withOwnInstance } from './own-instance';
import { startReceiver } from './receiver';
import { report } from './report';
import { createCrowd } from './scale/crowd';
import { runLoad } from './scale/open-loop';
import { runSoak } from './scale/soak';
import { seedTasks } from './seeded/seed-tasks';
import { between } from './usage';

/**
 * Loads a real instance like agents do: `npm run sim:scale`. Creates arrive at random instants, at
 * each of the rates in turn; simulated workers answer, and a receiver gets webhooks. Then repeats
 * one rate with increasing numbers of stored tasks. With `--soak MINUTES` it only sustains one rate
 * for that long, and reports the growth of memory and the engine's tables. See docs/scaling for
 * conclusions.
 */
const { values } = parseArgs({
  options: {
    /** Number of app processes. */
    processes: { type: 'string', default: '2' },
    workers: { type: 'string', default: '500' },
    /** Tasks per second. */
    rates: { type: 'string', default: '5,10,20,40' },
    /** Duration of each load. */
    seconds: { type: 'string', default: '30' },
    /** Stored tasks before the same load is repeated; at the first rate. */
    stored: { type: 'string', default: '10000,100000,1000000' },
    /** Minutes. */
    soak: { type: 'string', default: '0' },
  },
});

const IDLE_MS = 20_000;

function numbers(name: 'rates' | 'stored'): number[] {
  const list = values[name] === '' ? [] : values[name].split(',').map(Number);
  if (list.every((value) => value > 0)) return list;
  throw new Error(`--${name} must be positive numbers with commas between, not "${values[name]}".`);
}

function number(name: 'processes' | 'workers' | 'seconds' | 'soak', least: number): number {
  const value = Number(values[name]);
  if (value >= least) return value;
  throw new Error(`--${name} must be a number from ${least} on, not "${values[name]}".`);
}

const options = {
  processes: number('processes', 1),
  workers: number('workers', 1),
  seconds: number('seconds', 1),
  soak: number('soak', 0),
  rates: numbers('rates'),
  stored: numbers('stored'),
};

const say = (text: string) => console.log(`… ${text}`);

async function measure(instance: TemporaryInstance): Promise<Figure[]> {
  say(`making ${options.workers} simulated workers`);
  const crowd = await createCrowd(options.workers);
  const [rate = 5] = options.rates;
  if (options.soak > 0) return runSoak(instance, crowd, { rate, minutes: options.soak });

  const receiver = await startReceiver();
  try {
    // Warm-up: the first tasks compile the code of all later ones.
    const warm = { instance, crowd, receiver, idle: NOTHING };
    await runLoad(warm, { rate, seconds: 10 }, 'warming up');
    const idle = await between(instance, () => sleep(IDLE_MS));
    const parts = { instance, crowd, receiver, idle };
    const figures: Figure[] = [];
    for (const each of options.rates) {
      say(`${each} tasks a second for ${options.seconds} s`);
      figures.push(
        ...(await runLoad(parts, { rate: each, seconds: options.seconds }, `${each}/s`)),
      );
    }
    for (const stored of options.stored) {
      say(`storing up to ${stored.toLocaleString('en-US')} tasks`);
      await storeUpTo(stored);
      const name = `${stored.toLocaleString('en-US')} stored, ${rate}/s`;
      figures.push(...(await runLoad(parts, { rate, seconds: options.seconds }, name)));
    }
    return figures;
  } finally {
    receiver.stop();
  }
}

const NOTHING = {
  ...{ seconds: 1, transactions: 0, runs: 0 },
  cpuMs: { app: 0, postgres: 0, engine: 0, launcher: 0 },
};

/** Gives another organization a history, so that the instance contains this many tasks. */
async function storeUpTo(wanted: number): Promise<void> {
  const missing = wanted - (await db.task.count());
  if (missing <= 0) return;
  const { id: organizationId } = await createOrganization({ name: `Past ${wanted}`, funds: 0n });
  await seedTasks({
    ...{ organizationId, mode: 'live', tasks: missing },
    onProgress: (done) => done % 50_000 === 0 && say(`${done.toLocaleString('en-US')} of them`),
  });
  await db.$executeRaw`VACUUM (ANALYZE)`;
}

const environment = {
  RATE_LIMIT_PER_MINUTE: '100000000',
  WEB_PROCESSES: String(options.processes),
};

report(await withOwnInstance(environment, measure), options);
