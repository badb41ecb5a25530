import { setTimeout as sleep } from 'node:timers/promises';
import type { TemporaryInstance } from '@/scripts/launcher/temporary-instance';
import { type Figure, timesFigure } from '../figure';
import type { Receiver } from '../receiver';
import { createTask, TASK } from '../subject';
import { legOf, legToWebhook, readTimes } from '../task-times';
import { between, beyondIdle, type Difference, sumOf } from '../usage';
import type { Crowd } from './crowd';

export interface Load {
  /** Tasks per second, on average. */
  rate: number;
  seconds: number;
}

interface Parts {
  instance: TemporaryInstance;
  crowd: Crowd;
  receiver: Receiver;
  /** The instance's usage without requests. */
  idle: Difference;
}

/** Workers' possible think times, which are not the rail's. */
const THINK_SECONDS = [0, 1, 2, 3];
/** After the last create, for work in progress; Postgres reports transactions up to ten seconds late. */
const SETTLING_MS = 12_000;

interface Sent {
  id: string;
  /** From the scheduled time to the response, so that queueing counts. */
  ms: number;
}

/**
 * Creates tasks at random instants, whether or not earlier creates were answered, and follows each
 * until its webhook arrives.
 * @param name prefix of the figures' names.
 */
export async function runLoad(
  { instance, crowd, receiver, idle }: Parts,
  { rate, seconds }: Load,
  name: string,
): Promise<Figure[]> {
  const { url } = instance.runtime;
  const sent: Sent[] = [];
  let refused = 0;
  let atEnd = 0;
  let tookSeconds = seconds;
  const usage = await between(instance, async () => {
    const begunMs = performance.now();
    const creates = arrivals(rate, seconds).map(async (dueMs, n) => {
      await sleep(Math.max(0, begunMs + dueMs - performance.now()));
      const delay_seconds = THINK_SECONDS[n % THINK_SECONDS.length];
      const sandbox = { outcome: 'verified', delay_seconds };
      const body = { ...TASK, sandbox, callback_url: receiver.url };
      try {
        const { id } = await createTask(url, crowd.testKey, body);
        sent.push({ id, ms: performance.now() - begunMs - dueMs });
      } catch {
        refused += 1;
      }
    });
    await sleep(seconds * 1_000);
    atEnd = sent.filter(({ id }) => receiver.verifiedAt.has(id)).length;
    await Promise.all(creates);
    await receiver.waitFor(sent.map(({ id }) => id));
    tookSeconds = (performance.now() - begunMs) / 1_000;
    await sleep(SETTLING_MS);
  });
  const used = beyondIdle(usage, idle);
  const of = (part: (usage: Difference) => number) => used(part) / sent.length;
  return [
    ...(await legsOf(name, sent, receiver)),
    figure(`${name}: verified and told, per second`, 'per second', sent.length / tookSeconds),
    figure(`${name}: verified of those sent, as the load ended`, 'a task', atEnd / sent.length),
    figure(`${name}: creates refused or cut off`, 'a task', refused / (sent.length + refused)),
    figure(
      `${name}: processor time, ms`,
      'a task',
      of(({ cpuMs }) => sumOf(cpuMs)),
    ),
    figure(
      `${name}: transactions`,
      'a task',
      of(({ transactions }) => transactions),
    ),
    figure(
      `${name}: engine runs`,
      'a task',
      of(({ runs }) => runs),
    ),
  ];
}

/** Milliseconds from the start, as a Poisson process. */
function arrivals(rate: number, seconds: number): number[] {
  const due: number[] = [];
  for (let ms = 0; ms < seconds * 1_000; ms += (-Math.log(1 - Math.random()) / rate) * 1_000)
    due.push(ms);
  return due;
}

async function legsOf(
  name: string,
  sent: readonly Sent[],
  { verifiedAt }: Receiver,
): Promise<Figure[]> {
  const times = await readTimes(sent.map(({ id }) => id));
  const leg = (from: string, to: string) => legOf(times, from, to);
  const toWebhook = (from: string) => legToWebhook(times, from, verifiedAt);
  const thinking = leg('task.assigned', 'task.submitted');
  const withoutThinking = toWebhook('task.created').map(
    (ms, n) => ms - (thinking[n] ?? Number.NaN),
  );
  return [
    timesFigure(
      `${name}: create, from when it was due`,
      sent.map((each) => each.ms),
    ),
    timesFigure(`${name}: created → assigned`, leg('task.created', 'task.assigned')),
    timesFigure(`${name}: submitted → verified`, leg('task.submitted', 'task.verified')),
    timesFigure(`${name}: verified → webhook received`, toWebhook('task.verified')),
    timesFigure(`${name}: created → webhook received, without the worker`, withoutThinking),
  ];
}

const figure = (name: string, unit: Figure['unit'], value: number): Figure => ({
  name,
  unit,
  value,
});
