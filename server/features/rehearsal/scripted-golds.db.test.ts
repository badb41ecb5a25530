/** Effects of golds, produced through the REST API, the test clock and the scripted crowd only. */
import { beforeAll, describe, expect, it } from 'vitest';
import '@/server/jobs';
import { useTestDatabase } from '@/server/testing/database';
import { rehearsedCustomer } from '@/server/testing/rehearsed-customer';
import { SCHEMA, votes } from '@/server/testing/stage-cells';
import type { GoldResource } from '../golds/schema';
import type { Task } from '../tasks/schema';

useTestDatabase();

const REAL = { verdict: 'real' };
const FAKE = { verdict: 'fake' };
const HOUR = 3_600;

let customer: Awaited<ReturnType<typeof rehearsedCustomer>>;
beforeAll(async () => {
  customer = await rehearsedCustomer();
});

/** A type whose golds each scripted worker answers after its first answer. */
async function saveType(type: string, gold: object, known: object[]): Promise<void> {
  await customer.api('PUT', `/v1/task_types/${type}`, {
    ...{ output_schema: SCHEMA, payout_sats: 10, sla_seconds: 86_400, gold_rate: 1 },
    policy: { gold, qa: { sampleRate: 0 } },
  });
  for (const [n, expected_output] of known.entries()) {
    await customer.api('POST', `/v1/task_types/${type}/golds`, { payload: { n }, expected_output });
  }
}

const ask = async (type: string, n: number, more: object) =>
  (await customer.api<Task>('POST', '/v1/tasks', { type, payload: { ask: n }, ...more })).id;

describe('by the API alone', () => {
  it('a worker who fails golds is paused for the type, and comes back when the time is up', async () => {
    const { advance, get } = customer;
    const policy = { priorStrength: 1, pauseMinGolds: 3, pauseAlpha: 0.1, pauseCooldownHours: 20 };
    await saveType('paused', policy, [REAL, REAL, REAL]);
    // The first worker's stand-in gives the second answer.
    const sandbox = { workers: [{ answers: [REAL, FAKE], gold_answers: [FAKE] }] };
    const outputs = [];
    for (const [n, seconds] of [HOUR, 20 * HOUR, HOUR].entries()) {
      const id = await ask('paused', n, { redundancy: votes(1), sandbox });
      await advance(seconds);
      outputs.push((await get(id)).output);
    }
    expect(outputs).toEqual([REAL, FAKE, REAL]);
  }, 120_000);

  it('a gold that the best workers contradict retires itself', async () => {
    const { api, advance } = customer;
    await saveType('sick', { priorStrength: 1, retireAlpha: 0.3 }, [REAL, REAL, REAL, FAKE]);
    const workers = [0, 1, 2].map(() => ({ gold_answers: [REAL] }));
    await ask('sick', 1, { redundancy: votes(3), sandbox: { answer: REAL, workers } });
    await advance(HOUR);
    const { data } = await api<{ data: GoldResource[] }>('GET', '/v1/task_types/sick/golds');
    const retired = data.filter(({ retired_at }) => retired_at !== null);
    expect(retired.map(({ expected_output }) => expected_output)).toEqual([FAKE]);
  }, 120_000);
});
