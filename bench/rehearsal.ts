import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { startTemporaryInstance } from '@/scripts/launcher/temporary-instance';
import type { Task } from '@/server/features/tasks/schema';
import { advance, type CallApi, rehearseCrowd } from '@/server/testing/crowd-rehearsal';

/**
 * Rehearses as a customer's CI would, by the API alone: `npm run bench:rehearsal`. A thousand tasks
 * with an SLA of 24 hours, three votes and a webhook that fails twice, two times over; then a scripted
 * crowd of five on 300 tasks, beside what its votes come to offline. It fails where the two runs
 * differ, one takes a minute, or the crowd is more than a point off. `HUMANRAIL_BASE_URL` (with /v1)
 * and `HUMANRAIL_API_KEY`, a test key, rehearse on an instance that runs already.
 */
const TASKS = Number(process.env.REHEARSAL_TASKS ?? 1_000);
const CROWD_TASKS = Number(process.env.REHEARSAL_CROWD_TASKS ?? 300);
const SECONDS_MAX = 60;
const DAY = 86_400;

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['genuine', 'fake', 'unsure'] } },
};

async function main(): Promise<void> {
  const { HUMANRAIL_BASE_URL: given, HUMANRAIL_API_KEY: key } = process.env;
  const instance = given ? null : await startTemporaryInstance({ LOG_LEVEL: 'warn' });
  try {
    const api = caller(
      given ?? `${instance?.runtime.url}/v1`,
      key ?? instance?.facts.testKey ?? '',
    );
    const runs = [await rehearse(api), await rehearse(api)];
    for (const { seconds, received } of runs) {
      console.log(
        `${TASKS} tasks ended in ${seconds.toFixed(1)} s; ${received} tries at deliveries`,
      );
    }
    const isSame = isDeepStrictEqual(runs[0]?.outcomes, runs[1]?.outcomes);
    console.log(isSame ? 'Both runs came to the same.' : 'The runs differ.');
    const crowd = await rehearseCrowd(api, { golds: 20, tasks: CROWD_TASKS });
    const figures = Object.entries(crowd).map(([name, share]) => `${name} ${share.toFixed(2)} %`);
    console.log(`The crowd on ${CROWD_TASKS} tasks: ${figures.join(', ')}`);
    await api('DELETE', '/v1/test/clock');
    const isClose = Math.abs(crowd.product - crowd.offline) <= 1;
    const isQuick = runs.every(({ seconds }) => seconds < SECONDS_MAX);
    if (!isSame || !isClose || !isQuick) process.exitCode = 1;
  } finally {
    await instance?.stop();
  }
}

function caller(base: string, key: string): CallApi {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${base}${path.replace(/^\/v1/, '')}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  };
}

/** What a customer's CI would assert of each task. */
interface Outcome {
  status: string;
  output: unknown;
  confidence: number | null;
  votes: number;
  events: string[];
}

async function rehearse(api: CallApi) {
  const tries = new Map<string, number>();
  let received = 0;
  const receiver = createServer((request, response) => {
    const id = String(request.headers['webhook-id']);
    const count = (tries.get(id) ?? 0) + 1;
    tries.set(id, count);
    received += 1;
    request.resume().on('end', () => response.writeHead(count <= 2 ? 500 : 200).end());
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  try {
    await api('DELETE', '/v1/test/clock');
    const begun = performance.now();
    await advance(api, 0);
    const endpoint = await api<{ id: string }>('POST', '/v1/webhooks', {
      url,
      events: ['task.verified', 'task.failed', 'task.expired'],
    });
    const made = await api<{ data: { task: Task }[] }>('POST', '/v1/tasks/batch', {
      tasks: Array.from({ length: TASKS }, (_, n) => ({
        type: 'rehearsal_bench',
        payload: { n },
        output_schema: SCHEMA,
        payout_sats: 1,
        sla_seconds: DAY,
        redundancy: { min_votes: 3, max_votes: 3 },
        sandbox: { workers: [{ accuracy: 0.9 }, { accuracy: 0.8 }, { accuracy: 0.7 }] },
      })),
    });
    await advance(api, DAY);
    const seconds = (performance.now() - begun) / 1_000;
    await api('DELETE', `/v1/webhooks/${endpoint.id}`);
    const outcomes: Outcome[] = [];
    for (const { task } of made.data) outcomes.push(await outcomeOf(api, task.id));
    return { seconds, received, outcomes };
  } finally {
    receiver.close();
  }
}

async function outcomeOf(api: CallApi, id: string): Promise<Outcome> {
  const task = await api<Task>('GET', `/v1/tasks/${id}`);
  const { data } = await api<{ data: { type: string }[] }>('GET', `/v1/tasks/${id}/events`);
  return {
    status: task.status,
    output: task.output,
    confidence: task.confidence,
    votes: task.votes_used,
    events: data.map(({ type }) => type),
  };
}

await main();
