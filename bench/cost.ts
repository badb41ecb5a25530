import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { db } from '@/server/platform/db';
import { type Figure, timesFigure } from './figure';
import type { Part } from './process-tree';
import { createTask, type Subject, TASK } from './subject';
import { legOf, readTimes } from './task-times';
import { between, beyondIdle, type Difference, sumOf } from './usage';

const RATE = 5;
const STEADY_TASKS = 200;
const BURST_TASKS = 200;
/** Enough for the code of a task to be compiled, as it is in an instance that has run for an hour. */
const WARM_TASKS = 600;
const IDLE_SECONDS = 60;
const PATIENCE_MS = 180_000;
/**
 * After the last payout, what tells of it and clears up behind it; and Postgres counts what a connection has done up to
 * ten seconds after it was done.
 */
const SETTLING_MS = 12_000;

/** Simulated workers answer at once, so that nothing but the rail takes time. */
const BODY = { ...TASK, sandbox: { outcome: 'verified', delay_seconds: 0 } };

/**
 * What a task costs: a sandbox task from its create until it is verified and paid, by all processes of the instance
 * together. First it idles for a minute, whose use is taken off; then tasks come at a steady rate, and then many at
 * once.
 */
export async function measureCost(
  instance: TemporaryInstance,
  { testKey }: Subject,
): Promise<Figure[]> {
  const { url } = instance.runtime;
  const create = () => createTask(url, testKey, BODY);
  for (let made = 0; made < WARM_TASKS; made += BURST_TASKS) {
    await untilPaid(await Promise.all(Array.from({ length: BURST_TASKS }, create)));
  }
  // Else autovacuum clears up behind these while the instance is to idle.
  await db.$executeRaw`VACUUM (ANALYZE)`;
  await sleep(SETTLING_MS);

  const idle = await between(instance, () => sleep(IDLE_SECONDS * 1_000));

  const steadyIds: { id: string }[] = [];
  const steady = await between(instance, async () => {
    const creates = Array.from({ length: STEADY_TASKS }, async (_, n) => {
      await sleep((n * 1_000) / RATE);
      steadyIds.push(await create());
    });
    await Promise.all(creates);
    await untilPaid(steadyIds);
    await sleep(SETTLING_MS);
  });
  const steadyTimes = await timesOf(steadyIds);

  const burstMs = performance.now();
  const burstIds = await Promise.all(Array.from({ length: BURST_TASKS }, create));
  await untilPaid(burstIds);
  const burstSeconds = (performance.now() - burstMs) / 1_000;
  const burstTimes = await timesOf(burstIds);

  const used = beyondIdle(steady, idle);
  const aTask = (of: (difference: Difference) => number) => used(of) / STEADY_TASKS;
  const cpu = (part: Part) => aTask(({ cpuMs }) => cpuMs[part]);
  const parts: readonly Part[] = ['app', 'postgres', 'engine', 'launcher'];
  const count = (name: string, value: number, aim?: string): Figure => ({
    ...{ name, unit: 'a task', value },
    ...(aim ? { aim } : {}),
  });
  const perSecond = (name: string, value: number, aim?: string): Figure => ({
    ...{ name, unit: 'per second', value },
    ...(aim ? { aim } : {}),
  });
  return [
    count(
      'processor time a task, ms',
      parts.reduce((sum, part) => sum + cpu(part), 0),
      '≤ 40',
    ),
    ...parts.slice(0, 3).map((part) => count(`  of it ${part}`, cpu(part))),
    count(
      'transactions a task',
      aTask(({ transactions }) => transactions),
      '≤ 20',
    ),
    count(
      'engine runs a task',
      aTask(({ runs }) => runs),
      '≤ 3',
    ),
    perSecond('idle: transactions', idle.transactions / idle.seconds, '≤ 3'),
    perSecond('idle: processor time, ms', sumOf(idle.cpuMs) / idle.seconds),
    timesFigure(`create → verified at ${RATE} tasks/s`, steadyTimes, 'p95 ≤ 400 ms'),
    perSecond(`a burst of ${BURST_TASKS}, to the last payout`, BURST_TASKS / burstSeconds, '≥ 40'),
    timesFigure('create → verified in the burst', burstTimes),
  ];
}

/** Looks rarely, since each look is a transaction that is counted. */
async function untilPaid(tasks: readonly { id: string }[]): Promise<void> {
  const ids = tasks.map(({ id }) => id);
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const paid = await db.payout.count({ where: { taskId: { in: ids }, status: 'paid' } });
    if (paid >= ids.length) return;
    if (performance.now() > deadlineMs) {
      throw new Error(`${ids.length - paid} of ${ids.length} tasks were not paid.`);
    }
    await sleep(100);
  }
}

/** Milliseconds from each task's create to its verdict, by its events. */
async function timesOf(tasks: readonly { id: string }[]): Promise<number[]> {
  return legOf(await readTimes(tasks.map(({ id }) => id)), 'task.created', 'task.verified');
}
