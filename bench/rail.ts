import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { db } from '@/server/platform/db';
import { type Figure, quantile } from './figure';
import type { PostgresFloors } from './postgres-floors';
import { createTask, headersOf, type Subject, TASK } from './subject';

export interface RailOptions {
  tasks: number;
  perSecond: number;
}

const PATIENCE_MS = 120_000;
const POLL_MS = 2;
/** Tasks created one at a time and watched from outside; the first few warm the code up. */
const ALONE = 30;
const WARM = 10;
const PAUSE_MS = 500;

/**
 * The whole rail: a few tasks one at a time, watched by polling, and then many at a steady rate, whose
 * times are read from their events, since polling them all would be the load that it measures. In
 * test mode simulated workers answer after a second; the answers are judged, paid and reported to a
 * listener in this process.
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
  /** From the create's sending. */
  ms: number;
  /** From its answer. */
  afterAnswerMs: number;
}

/** Time from the create's sending until a read shows the task assigned. */
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

interface Receiver {
  url: string;
  /** When `task.verified` came, by task, in milliseconds since the epoch. */
  verifiedAt: ReadonlyMap<string, number>;
  waitFor(ids: readonly string[]): Promise<void>;
  stop(): void;
}

async function startReceiver(): Promise<Receiver> {
  const verifiedAt = new Map<string, number>();
  const server: Server = createServer((request, response) => {
    const arrivedMs = Date.now();
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      response.end();
      const event = JSON.parse(text) as { type: string; data: { id: string } };
      const known = verifiedAt.has(event.data.id);
      if (event.type === 'task.verified' && !known) verifiedAt.set(event.data.id, arrivedMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    verifiedAt,
    async waitFor(ids) {
      const deadlineMs = performance.now() + PATIENCE_MS;
      while (ids.some((id) => !verifiedAt.has(id))) {
        if (performance.now() > deadlineMs) {
          const missing = ids.filter((id) => !verifiedAt.has(id)).length;
          throw new Error(`${missing} of ${ids.length} tasks were not reported as verified.`);
        }
        await sleep(50);
      }
    },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** When each event of each task was written down, in milliseconds since the epoch. */
async function readTimes(ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
  const events = await db.taskEvent.findMany({
    where: { taskId: { in: [...ids] } },
    select: { taskId: true, type: true, createdAt: true },
  });
  const times = new Map<string, Map<string, number>>(ids.map((id) => [id, new Map()]));
  for (const event of events) times.get(event.taskId)?.set(event.type, event.createdAt.getTime());
  return times;
}

function figuresOf(
  times: Map<string, Map<string, number>>,
  seen: readonly OutsideTime[],
  verifiedAt: ReadonlyMap<string, number>,
  floor: Figure,
): Figure[] {
  const between = (from: string, to: string) =>
    [...times.values()].map((events) => (events.get(to) ?? Number.NaN) - (events.get(from) ?? 0));
  const toWebhook = (from: string) =>
    [...times].map(([id, events]) => (verifiedAt.get(id) ?? Number.NaN) - (events.get(from) ?? 0));
  const figure = (name: string, samples: readonly number[], aim?: string): Figure => {
    const p95Ms = quantile(samples, 0.95);
    const floorMs = floor.p50Ms ?? Number.NaN;
    return {
      name,
      unit: 'ms',
      value: p95Ms,
      p50Ms: quantile(samples, 0.5),
      p95Ms,
      floor: { name: `${floor.name}, p50`, value: floorMs },
      ratio: p95Ms / floorMs,
      ...(aim ? { aim } : {}),
    };
  };
  return [
    figure(
      'create → assigned, by its events',
      between('task.created', 'task.assigned'),
      'p95 ≤ 50 ms',
    ),
    figure(
      'create sent → seen assigned, from outside, one at a time',
      seen.map(({ ms }) => ms),
    ),
    figure(
      'create answered → seen assigned, one at a time',
      seen.map(({ afterAnswerMs }) => afterAnswerMs),
    ),
    figure('submitted → verified, by its events', between('task.submitted', 'task.verified')),
    figure('verified → webhook received', toWebhook('task.verified')),
    figure('submitted → verified → webhook received', toWebhook('task.submitted')),
  ];
}
