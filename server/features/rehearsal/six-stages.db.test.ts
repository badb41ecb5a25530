/**
 * Every verdict of each stage, produced through the REST API, the test clock and the scripted crowd
 * only.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import '@/server/jobs';
import { useTestDatabase } from '@/server/testing/database';
import { rehearsedCustomer } from '@/server/testing/rehearsed-customer';
import { CELLS, type Cell, REAL, SCHEMA, TYPES, votes } from '@/server/testing/stage-cells';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import type { Task } from '../tasks/schema';

useTestDatabase();
const receiver = useWebhookReceiver();

const CHECKS = ['pass', 'reject', 'review'] as const;
const LETTERS: Record<string, string> = {
  pass: 'p',
  reject: 'r',
  need_vote: 'v',
  need_review: 'l',
  skipped: 's',
};
const nameOf = ({ says: [stage, verdict, reason] }: Cell, n: number) =>
  `${stage} says ${verdict}${reason ? ` (${reason})` : ''}, case ${n + 1}`;

const looks = new Map<Cell, Task>();
const ends = new Map<Cell, Task>();
let golds: { served: number; correct: number }[] = [];

beforeAll(async () => {
  const { api, advance, get } = await rehearsedCustomer();
  const own: Record<string, object> = {
    ...TYPES,
    check_dead: { check_url: 'http://127.0.0.1:9/' },
  };
  for (const verdict of CHECKS) {
    const message = `It says ${verdict}.`;
    receiver.answer(`/${verdict}`, { status: 200, body: JSON.stringify({ verdict, message }) });
    own[`check_${verdict}`] = { check_url: receiver.url(`/${verdict}`) };
  }
  for (const [type, more] of Object.entries(own)) {
    const body = { output_schema: SCHEMA, payout_sats: 10, sla_seconds: 86_400, ...more };
    await api('PUT', `/v1/task_types/${type}`, body);
  }
  // The first worker is wrong about what is known, the second is right.
  for (let n = 0; n < 4; n++) {
    const gold = { payload: { gold: n }, expected_output: REAL };
    await api('POST', '/v1/task_types/known/golds', gold);
  }
  const first = { answer: REAL, workers: [{ accuracy: 0 }, { accuracy: 1 }] };
  await api('POST', '/v1/tasks', {
    ...{ type: 'known', payload: { n: -1 }, redundancy: votes(2), sandbox: first },
  });
  await advance(3_600);
  ({ data: golds } = await api<{ data: typeof golds }>('GET', '/v1/task_types/known/golds'));
  const asked = await api<{ data: { task: Task }[] }>('POST', '/v1/tasks/batch', {
    tasks: CELLS.map(({ type = 'plain', ask }, n) => ({ type, payload: { n }, ...ask })),
  });
  await advance(120);
  for (const [n, cell] of CELLS.entries()) looks.set(cell, await get(asked.data[n]?.task.id ?? ''));
  await advance(20_000);
  for (const [n, cell] of CELLS.entries()) ends.set(cell, await get(asked.data[n]?.task.id ?? ''));
}, 120_000);

describe('by the API alone', () => {
  it.each(CELLS.map((cell, n) => ({ name: nameOf(cell, n), cell })))('$name', ({ cell }) => {
    const task = looks.get(cell);
    const [stage, verdict, reason] = cell.says;
    const report = task?.verification.map((each) => LETTERS[each.verdict]).join('');
    expect([report, task?.status]).toEqual([cell.report, cell.status]);
    expect(task?.verification).toContainEqual(expect.objectContaining({ stage, verdict, reason }));
    expect(ends.get(cell)).toMatchObject(cell.ends ?? { status: cell.status });
  });

  it('on a gold the known answer accepts or rejects, and its customer sees how often', () => {
    expect(golds.map(({ served, correct }) => [served, correct])).toEqual(golds.map(() => [2, 1]));
  });
});
