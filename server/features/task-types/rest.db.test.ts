import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { syncCatalog } from './index';

useTestDatabase();

let key: string;
let reader: string;
beforeAll(async () => {
  await syncCatalog();
  const organization = await createOrganization({ funds: 0n });
  key = (await createKey(organization)).text;
  reader = (await createKey(organization, 'test', { scopes: ['tasks:read'] })).text;
});

const put = (type: string, body: unknown, as = key) =>
  call('PUT', `/v1/task_types/${type}`, { key: as, body });

describe('200', () => {
  it('saves, lists and deletes a type', async () => {
    const body = {
      title: 'Bird',
      output_schema: {
        type: 'object',
        required: ['bird'],
        properties: { bird: { type: 'string', pattern: '^[A-Z]' }, age: { type: 'integer' } },
      },
      rules: [
        { id: 'aged', require: { '>': [{ var: 'output.age' }, 0] }, message: 'Say its age.' },
      ],
    };
    const saved = await put('bird', body);
    expect(saved.status).toBe(200);
    expect(saved.body).toMatchObject({
      object: 'task_type',
      type: 'bird',
      shipped: false,
      ...body,
    });
    const list = await call('GET', '/v1/task_types?limit=100', { key: reader });
    expect((list.body.data as { type: string }[]).map(({ type }) => type)).toContain('bird');
    const gone = await call('DELETE', '/v1/task_types/bird', { key });
    expect(gone.body).toEqual({ object: 'task_type', type: 'bird', deleted: true });
    expect((await call('DELETE', '/v1/task_types/bird', { key })).status).toBe(404);
  });

  it('takes no body at all for a type without defaults', async () => {
    expect((await call('PUT', '/v1/task_types/bare', { key })).status).toBe(200);
  });
});

describe('bad input is answered as the contract says, and leaves no row', () => {
  it.each(['Bird', 'b%20b', 'b'.repeat(129)])('400 for the name %s', async (name) => {
    const { status, body } = await put(name, {});
    expect([status, body.error?.param]).toEqual([400, 'type']);
  });

  it.each<[string, unknown, number, string, string | undefined]>([
    ['malformed JSON', '{"title": ', 400, 'malformed_json', undefined],
    ['a list', [], 400, 'invalid_field', undefined],
    ['an unknown field', { titel: 'x' }, 400, 'unknown_field', 'titel'],
    ['a wrong type', { payout_sats: '5' }, 400, 'invalid_field', 'payout_sats'],
    ['a fraction of a sat', { payout_sats: 0.5 }, 400, 'invalid_field', 'payout_sats'],
    ['an SLA of a second', { sla_seconds: 1 }, 400, 'invalid_field', 'sla_seconds'],
    ['an unknown tier', { risk_tier: 'huge' }, 400, 'invalid_field', 'risk_tier'],
    [
      'fewer votes at most than at least',
      { redundancy: { min_votes: 5, max_votes: 3 } },
      400,
      'invalid_field',
      'redundancy.max_votes',
    ],
    [
      '17 KB of instructions',
      { instructions: 'ü'.repeat(8_700) },
      400,
      'invalid_field',
      'instructions',
    ],
    [
      'a rule with an unknown operator',
      { rules: [{ id: 'r', require: { eval: ['1'] }, message: 'm' }] },
      400,
      'invalid_field',
      'rules.0.require',
    ],
    [
      'a rule without a message',
      { rules: [{ id: 'r', require: true }] },
      400,
      'missing_field',
      'rules.0.message',
    ],
    [
      'a skill nobody has',
      { skills_required: ['telepathy'] },
      422,
      'unknown_skill',
      'skills_required',
    ],
    [
      'a schema that is none',
      { output_schema: { type: 'object', properties: { a: { type: 'strin' } } } },
      422,
      'invalid_output_schema',
      undefined,
    ],
    [
      'a schema that fetches',
      { output_schema: { $ref: 'https://example.com/schema.json' } },
      422,
      'invalid_output_schema',
      undefined,
    ],
    [
      'a schema of 65 KB',
      { output_schema: { type: 'object', description: 'x'.repeat(65 * 1024) } },
      422,
      'invalid_output_schema',
      undefined,
    ],
    [
      'a pattern no engine runs',
      { output_schema: { type: 'string', pattern: '(a' } },
      422,
      'invalid_output_schema',
      undefined,
    ],
  ])('%s', async (_case, body, status, code, param) => {
    const before = await db.taskType.count();
    const answer = await put('bad', body);
    expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code });
    if (param) expect(answer.body.error?.param).toBe(param);
    expect(await db.taskType.count()).toBe(before);
  });

  it('names where a schema is at fault', async () => {
    const { body } = await put('bad', {
      output_schema: { type: 'object', properties: { a: { type: 'strin' } } },
    });
    expect(JSON.stringify(body.error)).toContain('/properties/a/type');
  });

  it.each(['No_Capitals', 'a'.repeat(129), 'with space'])('no type is called %s', async (type) => {
    const answer = await put(encodeURIComponent(type), {});
    expect([400, 404]).toContain(answer.status);
    expect(await db.taskType.count({ where: { type } })).toBe(0);
  });
});

describe('401, 403, 405, 409', () => {
  it('needs a key, the scope to write, a method it has, and a type that is not shipped', async () => {
    expect((await call('GET', '/v1/task_types')).status).toBe(401);
    const refused = await put('mine', {}, reader);
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'missing_scope' } } });
    const patched = await call('PATCH', '/v1/task_types/mine', { key, body: {} });
    expect(patched.status).toBe(405);
    expect(patched.headers.get('allow')).toContain('PUT');
    const shipped = await call('DELETE', '/v1/task_types/refund_eligibility', { key });
    expect(shipped).toMatchObject({ status: 409, body: { error: { code: 'task_type_shipped' } } });
  });
});
