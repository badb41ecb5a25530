import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { db } from '@/server/platform/db';
import { type Figure, median } from '../figure';
import { usageOf } from '../process-tree';
import { createTask, TASK } from '../subject';
import type { Crowd } from './crowd';

const LOOK_MS = 15_000;
/** Caches fill and code is compiled in the first of this many parts. */
const PARTS = 4;
const BYTES_PER_MB = 1_000_000;
const MEASURED = ['app', 'engine'] as const;

interface Look {
  residentMb: Record<(typeof MEASURED)[number], number>;
  engineRows: number;
}

/**
 * A steady load for minutes: the growth of memory and the engine's tables from the second to the
 * last quarter. Excludes Postgres, each of whose processes counts shared memory.
 */
export async function runSoak(
  instance: TemporaryInstance,
  { testKey }: Crowd,
  { rate, minutes }: { rate: number; minutes: number },
): Promise<Figure[]> {
  const endMs = performance.now() + minutes * 60_000;
  let failed = 0;
  let made = 0;
  const creating = (async () => {
    for (let dueMs = performance.now(); dueMs < endMs; dueMs += 1_000 / rate) {
      await sleep(Math.max(0, dueMs - performance.now()));
      made += 1;
      const body = { ...TASK, sandbox: { outcome: 'verified', delay_seconds: 1 } };
      createTask(instance.runtime.url, testKey, body).catch(() => {
        failed += 1;
      });
    }
  })();
  const looks: Look[] = [];
  while (performance.now() < endMs) {
    await sleep(LOOK_MS);
    looks.push(await look(instance));
    const { residentMb, engineRows } = looks.at(-1) as Look;
    console.log(
      `… ${made} tasks, app ${residentMb.app.toFixed(0)} MB, engine ${residentMb.engine.toFixed(0)} MB, ${engineRows} rows of the engine`,
    );
  }
  await creating;
  const part = (n: number) =>
    looks.slice(
      Math.floor((looks.length * n) / PARTS),
      Math.floor((looks.length * (n + 1)) / PARTS),
    );
  const growth = (of: (look: Look) => number) =>
    median(part(PARTS - 1).map(of)) / median(part(1).map(of));
  const ratio = (name: string, value: number, aim?: string): Figure => ({
    ...{ name, unit: 'a task', value },
    ...(aim ? { aim } : {}),
  });
  return [
    ...MEASURED.map((name) =>
      ratio(
        `memory of the ${name}, last quarter ÷ second`,
        growth((each) => each.residentMb[name]),
        '0.9 – 1.1',
      ),
    ),
    ratio(
      'rows of the engine, last quarter ÷ second',
      growth(({ engineRows }) => engineRows),
      '0.9 – 1.1',
    ),
    ratio('creates that failed', failed / made, '0'),
  ];
}

async function look(instance: TemporaryInstance): Promise<Look> {
  const { residentBytes } = usageOf(instance.pid());
  const [counted] = await db.$queryRaw<{ rows: number }[]>`
    SELECT (SELECT count(*) FROM engine.run)::int + (SELECT count(*) FROM engine.job)::int AS rows`;
  return {
    residentMb: {
      app: residentBytes.app / BYTES_PER_MB,
      engine: residentBytes.engine / BYTES_PER_MB,
    },
    engineRows: counted?.rows ?? Number.NaN,
  };
}
