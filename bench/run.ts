import { parseArgs } from 'node:util';
import { startTemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { useDatabase } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { measureApi } from './api';
import { measureClaims } from './claims';
import { measureCost } from './cost';
import { measureEngine } from './engine-figures';
import type { Figure } from './figure';
import { measurePostgres, type PostgresFloors } from './postgres-floors';
import { measureRail } from './rail';
import { report } from './report';
import { createSubject } from './subject';

/**
 * Measures the product against the floors of its platform, in one run: `npm run bench`. Uses a
 * temporary instance, started like `npm start`. README.md explains each figure.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    tasks: { type: 'string', default: '100' },
    rate: { type: 'string', default: '2' },
    /** Only these parts, such as `--only api,rail`. */
    only: { type: 'string', default: 'cost,api,rail,claims,engine' },
  },
});

const options = {
  seconds: number('seconds'),
  rounds: number('rounds'),
  connections: number('connections'),
  tasks: number('tasks'),
  rate: number('rate'),
};
const parts = new Set(values.only.split(','));

function number(name: Exclude<keyof typeof values, 'only'>): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name} must be a positive number, not "${values[name]}".`);
}

async function measure(): Promise<Figure[]> {
  say('starting an instance, and building the app where it is stale');
  const instance = await startTemporaryInstance({
    RATE_LIMIT_PER_MINUTE: '100000000',
    LOG_LEVEL: 'warn',
    // The instance must be able to decrypt what this process writes into the database.
    APP_SECRET: env.APP_SECRET,
  });
  const figures: Figure[] = [];
  let floors: PostgresFloors;
  try {
    const { url, databaseUrl } = instance.runtime;
    const release = await useDatabase(databaseUrl);
    try {
      say('bare Postgres');
      floors = await measurePostgres(databaseUrl, options);
      figures.push(floors.select, floors.insert);
      const subject = await createSubject();
      if (parts.has('cost')) {
        say('what a task costs');
        figures.push(...(await measureCost(instance, subject)));
      }
      if (parts.has('rail')) {
        say(`the rail: ${options.tasks} tasks, ${options.rate} a second`);
        figures.push(
          ...(await measureRail(url, subject, floors, {
            tasks: options.tasks,
            perSecond: options.rate,
          })),
        );
      }
      if (parts.has('api')) {
        say('the API');
        figures.push(...(await measureApi(url, subject, options)));
      }
    } finally {
      await release();
    }
    if (parts.has('claims')) {
      figures.push(...(await measureClaims(databaseUrl, floors, options.seconds)));
    }
  } finally {
    await instance.stop();
  }
  if (parts.has('engine')) {
    say('the engine');
    figures.push(...(await measureEngine(floors.insert)));
  }
  return figures;
}

function say(what: string): void {
  console.log(`… ${what}`);
}

report(await measure(), options);
process.exit(0);
