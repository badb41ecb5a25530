import { setTimeout as sleep } from 'node:timers/promises';
import { against, type Figure, timesFigure } from './figure';
import type { PostgresFloors } from './postgres-floors';
import { startReceiver } from './receiver';
import { createTask, headersOf, type Subject, TASK } from './subject';
import { legOf, legToWebhook, readTimes, type TaskTimes } from './task-times';

export interface RailOptions {
  tasks: number;
  perSecond: number;
}

const PATIENCE_MS = 120_000;
const POLL_MS = 2;
/** Tasks created sequentially and observed through the API; the first few warm up the code. */
const ALONE = 30;
const WARM = 10;
const PAUSE_MS = 500;

/**
 * Measures the whole flow: a few tasks sequentially, observed by polling, and then many at a steady
 * rate, whose times are read from their events, because polling all of them would distort the
 * measurement. In test mode simulated workers answer after a second; the answers are judged, paid
 * and reported to a webhook listener in this process.
 */
export async function measureRail(
  url: string,
  subject: Subject,
  floors: PostgresFloors,
  { tasks, perSecond }: RailOptions,
): Promise<Figure[]> {
  const receiver = await startReceiver();
  try {
    const body = {
      ...TASK,
      sandbox: { outcome: 'verified', delay_seconds: 1 },
      callback_url: receiver.url,
    };
    const alone: OutsideTime[] = [];
    for (let made = 0; made < ALONE; made++) {
      alone.push(await createAndWatch(url, subject.testKey, body));
      await sleep(PAUSE_MS);
    }
    const ids = await Promise.all(
      Array.from({ length: tasks }, async (_, at) => {
        await sleep((at * 1000) / perSecond);
        return (await createTask(url, subject.testKey, body)).id;
      }),
    );
    await receiver.waitFor(ids);
    return figuresOf(await readTimes(ids), alone.slice(WARM), receiver.verifiedAt, floors.insert);
  } finally {
    receiver.stop();
  }
}

interface OutsideTime {
  /** From sending the create. */
  ms: number;
  /** From its response. */
  afterAnswerMs: number;
}

/** Time from sending the create until a read shows the task assigned. */
async function createAndWatch(url: string, key: string, body: object): Promise<OutsideTime> {
  const begunMs = performance.now();
  const { id } = await createTask(url, key, body);
  const createdMs = performance.now();
  for (;;) {
    const response = await fetch(`${url}/v1/tasks/${id}`, { headers: headersOf(key) });
    const task = (await response.json()) as { assigned_at: string | null };
    const nowMs = performance.now();
    if (task.assigned_at) return { ms: nowMs - begunMs, afterAnswerMs: nowMs - createdMs };
    if (nowMs - begunMs > PATIENCE_MS) throw new Error(`Task ${id} was never assigned.`);
    await sleep(POLL_MS);
  }
}

function figuresOf(
  times: TaskTimes,
  seen: readonly OutsideTime[],
  verifiedAt: ReadonlyMap<string, number>,
  floor: Figure,
): Figure[] {
  const floorMs = {
    ...floor,
    ...{ name: `${floor.name}, p50`, value: floor.p50Ms ?? Number.NaN },
  };
  const figure = (name: string, samples: readonly number[], aim?: string) =>
    against(timesFigure(name, samples, aim), floorMs);
  const leg = (from: string, to: string) => legOf(times, from, to);
  const toWebhook = (from: string) => legToWebhook(times, from, verifiedAt);
  return [
    figure('create → assigned, by its events', leg('task.created', 'task.assigned'), 'p95 ≤ 50 ms'),
    figure(
      'create sent → seen assigned, from outside, one at a time',
      seen.map(({ ms }) => ms),
    ),
    figure(
      'create answered → seen assigned, one at a time',
      seen.map(({ afterAnswerMs }) => afterAnswerMs),
    ),
    figure('submitted → verified, by its events', leg('task.submitted', 'task.verified')),
    figure('verified → webhook received', toWebhook('task.verified')),
    figure('submitted → verified → webhook received', toWebhook('task.submitted')),
  ];
}
