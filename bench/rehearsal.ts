import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Task } from '@/server/features/tasks/schema';
import { advance, type CallApi } from '@/server/testing/crowd-rehearsal';
import { withRehearsalApi } from './rehearsal-api';

/**
 * Rehearses like a customer's CI, using only the API: `npm run bench:rehearsal`. A thousand tasks
 * (`REHEARSAL_TASKS`) with an SLA of 24 hours, three votes and a webhook that fails twice, run
 * twice. Fails if the outcomes of the two runs differ in a byte, or if one takes a minute.
 */
const TASKS = Number(process.env.REHEARSAL_TASKS ?? 1_000);
const SECONDS_MAX = 60;
const DAY = 86_400;

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['genuine', 'fake', 'unsure'] } },
};

await withRehearsalApi(async (api) => {
  const runs: Awaited<ReturnType<typeof rehearse>>[] = [];
  for (const name of ['first', 'second']) {
    const run = await rehearse(api);
    const { seconds, received } = run;
    console.log(`${name}: ${TASKS} tasks ended in ${seconds.toFixed(1)} s, ${received} deliveries`);
    runs.push(run);
  }
  const [first = '', second = ''] = runs.map(({ outcomes }) => JSON.stringify(outcomes));
  tellDifferences(runs.map(({ outcomes }) => outcomes));
  console.log(
    first === second
      ? `Both runs came to the same ${first.length} bytes of outcomes: ${digestOf(first)}.`
      : 'The runs differ.',
  );
  const isEnded = runs.every(({ outcomes }) =>
    outcomes.every(({ status }) => status === 'verified'),
  );
  if (!isEnded) console.log('Some tasks were not verified.');
  const isQuick = runs.every(({ seconds }) => seconds < SECONDS_MAX);
  if (first !== second || !isEnded || !isQuick) process.exitCode = 1;
});

/** The same on every instance, because nothing is random. */
function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Prints the differences of the second run. */
function tellDifferences([before = [], after = []]: readonly Outcome[][]): void {
  const others = before.flatMap((outcome, n) =>
    Object.entries(outcome).flatMap(([name, value]) => {
      const pair = [value, after[n]?.[name as keyof Outcome]].map((each) => JSON.stringify(each));
      return pair[0] === pair[1] ? [] : [`task ${n}, ${name}:\n  ${pair.join('\n  ')}`];
    }),
  );
  if (others.length > 0) console.log(`${others.length} differ, the first:`);
  for (const other of others.slice(0, 10)) console.log(other);
}

/** What a customer's CI would assert for each task. */
interface Outcome {
  status: string;
  output: unknown;
  confidence: number | null;
  votes: number;
  dissent: unknown;
  stages: unknown;
  payouts: string[];
  cost: unknown;
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
    dissent: task.dissent,
    stages: task.verification,
    payouts: task.payouts.map(({ status }) => status),
    cost: task.cost_sats,
    events: data.map(({ type }) => type),
  };
}
