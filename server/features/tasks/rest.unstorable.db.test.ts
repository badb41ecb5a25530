import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';

useTestDatabase();

const BODY = { type: 'content_review', payload: { text: 'x' }, payout_sats: 5 };

let key: string;

beforeAll(async () => {
  const organization = await createOrganization({ funds: 100_000 });
  key = (await createKey(organization, 'test')).text;
});

const rows = () => Promise.all([db.task.count(), db.posting.count(), db.outboxRow.count()]);

describe('a task that holds what the database cannot keep is refused by name, and leaves no row', () => {
  it.each([
    ['payload.text', { payload: { text: 'a\0b' } }],
    ['payload.list.1', { payload: { list: ['', '\ud800'] } }],
    ['payload.\\u0000', { payload: { '\0': 1 } }],
    ['instructions', { instructions: 'a\0' }],
    ['instructions', { instructions: '\udfff' }],
    ['metadata.a', { metadata: { a: '\0' } }],
    ['idempotency_key', { idempotency_key: 'k\0' }],
    ['output_schema.title', { output_schema: { type: 'object', title: '\0' } }],
    ['agent_guess.output', { agent_guess: { output: '\0', confidence: 0.5 } }],
    ['sandbox.seed', { sandbox: { seed: '\0' } }],
    ['callback_url', { callback_url: 'http://127.0.0.1:9/\0' }],
    ['skills_required.0', { skills_required: ['\0'] }],
  ])('%s', async (param, over) => {
    const before = await rows();
    const { status, body } = await call('POST', '/v1/tasks', { key, body: { ...BODY, ...over } });
    expect([status, body.error?.code, body.error?.param]).toEqual([400, 'invalid_field', param]);
    expect(await rows()).toEqual(before);
  });

  it.each([
    ['payload.n', '{"type":"a","payload":{"n":1e400}}'],
    ['metadata.n', '{"type":"a","payload":{},"metadata":{"n":-1e400}}'],
    ['payout_sats', '{"type":"a","payload":{},"payout_sats":1e400}'],
  ])('%s, a number beyond all bounds', async (param, body) => {
    const answer = await call('POST', '/v1/tasks', { key, body });
    expect([answer.status, answer.body.error?.param]).toEqual([400, param]);
  });

  it('and in a batch sinks no other', async () => {
    const tasks = [BODY, { ...BODY, payload: { text: '\0' } }, BODY];
    const { status, body } = await call('POST', '/v1/tasks/batch', { key, body: { tasks } });
    const data = body.data as { status: number; error?: { param: string } }[];
    expect([status, ...data.map((item) => item.status)]).toEqual([200, 201, 400, 201]);
    expect(data[1]?.error?.param).toBe('payload.text');
  });

  it('16 KB of instructions are counted in bytes', async () => {
    const instructions = (text: string) =>
      call('POST', '/v1/tasks', { key, body: { ...BODY, instructions: text } });
    expect((await instructions('é'.repeat(8_192))).status).toBe(201);
    const { status, body } = await instructions(`${'é'.repeat(8_192)}.`);
    expect([status, body.error?.param]).toEqual([400, 'instructions']);
  });
});

describe('a list is refused what it cannot look for', () => {
  it.each([
    ['metadata[a]', 'metadata[a]=%00'],
    ['metadata[\\u0000]', 'metadata[%00]=a'],
    ['metadata[__proto__]', 'metadata[__proto__]=a'],
    ['__proto__', '__proto__=a'],
    ['created_after', 'created_after=-271821-04-20T00:00:00Z'],
    ['created_before', 'created_before=2026-02-30'],
    ['limit', 'limit=0x10'],
    ['limit', 'limit=1e1'],
  ])('%s', async (param, query) => {
    const { status, body } = await call('GET', `/v1/tasks?${query}`, { key });
    expect([status, body.error?.param]).toEqual([400, param]);
  });
});
