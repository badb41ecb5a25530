import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';

useTestDatabase();

const BODY = {
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] } },
  },
  payout_sats: 500,
  sla_seconds: 300,
};

let organization: Awaited<ReturnType<typeof createOrganization>>;
let key: string;
let liveKey: string;

beforeAll(async () => {
  organization = await createOrganization({ funds: 10_000_000 });
  key = (await createKey(organization, 'test')).text;
  liveKey = (await createKey(organization, 'live')).text;
});

const create = (over: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/v1/tasks', { key, body: { ...BODY, ...over }, headers });
const rows = () => Promise.all([db.task.count(), db.posting.count(), db.outboxRow.count()]);

describe('POST /v1/tasks', () => {
  describe('201', () => {
    it('answers with the task as the contract shows it', async () => {
      const { status, body, headers } = await create({ metadata: { order: 'o-1' } });
      expect(status).toBe(201);
      expect(headers.get('x-request-id')).toBeTruthy();
      expect(headers.get('ratelimit-limit')).toBeTruthy();
      expect(body).toMatchObject({
        object: 'task',
        mode: 'test',
        status: 'posted',
        type: 'content_review',
        payout_sats: 500,
        sla_seconds: 300,
        skills_required: [],
        risk_tier: 'medium',
        redundancy: { min_votes: 1, max_votes: 2, target_confidence: 0.8, vote_value: 1 },
        metadata: { order: 'o-1' },
        output: null,
        confidence: null,
        votes_used: 0,
        dissent: [],
        payouts: [],
        cost_sats: { held: 1100, charged: 0, fee: 0 },
        failure_reason: null,
      });
      expect(Date.parse(String(body.expires_at)) - Date.parse(String(body.created_at))).toBe(
        300_000,
      );
    });

    it('fills in the default schema, and votes by tier', async () => {
      const { output_schema: _, ...bare } = BODY;
      const { body } = await call('POST', '/v1/tasks', {
        key,
        body: { ...bare, type: 'unheard_of', risk_tier: 'critical' },
      });
      expect(body.output_schema).toMatchObject({ required: ['answer'] });
      expect(body.redundancy).toEqual({
        min_votes: 3,
        max_votes: 7,
        target_confidence: 0.99,
        vote_value: 0.01,
      });
    });
  });

  describe('200', () => {
    it('gives 50 equal answers to 50 equal requests at once, and makes one task', async () => {
      const before = await db.task.count();
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => create({}, { 'idempotency-key': 'fifty' })),
      );
      expect(await db.task.count()).toBe(before + 1);
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
      const replays = answers.filter((answer) => answer.status === 200);
      expect(replays).toHaveLength(49);
      for (const each of replays) expect(each.headers.get('idempotent-replayed')).toBe('true');
    });

    it('answers as the first time even after the task has moved on', async () => {
      const first = await create({ idempotency_key: 'moved-on' });
      await call('POST', `/v1/tasks/${first.body.id}/cancel`, { key });
      const again = await create({ idempotency_key: 'moved-on' });
      expect(again.status).toBe(200);
      expect(again.body).toEqual(first.body);
    });
  });

  describe('400', () => {
    it.each([
      ['malformed JSON', '{"type": ', 'malformed_json', undefined],
      ['no type', { ...BODY, type: undefined }, 'missing_field', 'type'],
      ['a payload that is a list', { ...BODY, payload: [] }, 'invalid_field', 'payload'],
      ['an unknown field', { ...BODY, payuot_sats: 5 }, 'unknown_field', 'payuot_sats'],
      ['a fraction of a sat', { ...BODY, payout_sats: 0.5 }, 'invalid_field', 'payout_sats'],
      ['29 seconds', { ...BODY, sla_seconds: 29 }, 'invalid_field', 'sla_seconds'],
      [
        '17 skills',
        { ...BODY, skills_required: Array(17).fill('x') },
        'invalid_field',
        'skills_required',
      ],
      [
        'a key of 257 characters',
        { ...BODY, idempotency_key: 'k'.repeat(257) },
        'invalid_field',
        'idempotency_key',
      ],
      [
        'more votes at least than at most',
        { ...BODY, redundancy: { min_votes: 3, max_votes: 2 } },
        'invalid_field',
        'redundancy.max_votes',
      ],
      [
        '257 KB of payload',
        { ...BODY, payload: { text: 'x'.repeat(257 * 1024) } },
        'invalid_field',
        'payload',
      ],
      [
        'a scripted answer that the schema refuses',
        { ...BODY, sandbox: { answer: { verdict: 'maybe' } } },
        'invalid_field',
        'sandbox.answer',
      ],
      [
        'a number that would be read as another',
        JSON.stringify({ ...BODY, payload: { ids: ['N'] } }).replace('"N"', '12345678901234567890'),
        'unsafe_number',
        undefined,
      ],
      [
        'one that would become infinite',
        JSON.stringify({ ...BODY, metadata: { a: 'N' } }).replace('"N"', '1e400'),
        'unsafe_number',
        undefined,
      ],
      [
        'a callback to the metadata address',
        { ...BODY, callback_url: 'http://169.254.169.254/latest' },
        'invalid_field',
        'callback_url',
      ],
    ])('refuses %s, and leaves no row', async (_what, body, code, param) => {
      const before = await rows();
      const answer = await call('POST', '/v1/tasks', { key, body });
      expect([answer.status, answer.body.error?.type]).toEqual([400, 'validation_error']);
      expect(answer.body.error?.code).toBe(code);
      if (param) expect(answer.body.error?.param).toBe(param);
      expect(await rows()).toEqual(before);
    });

    it('names every field at fault at once', async () => {
      const { body } = await create({ type: 'Not A Type', payout_sats: 'many', sla_seconds: 5 });
      const details = body.error?.details as { param: string }[];
      expect(details.map((fault) => fault.param).sort()).toEqual([
        'payout_sats',
        'sla_seconds',
        'type',
      ]);
    });

    it('refuses a script with a live key', async () => {
      const { status, body } = await call('POST', '/v1/tasks', {
        key: liveKey,
        body: { ...BODY, sandbox: { outcome: 'verified' } },
      });
      expect([status, body.error?.param]).toEqual([400, 'sandbox']);
    });
  });

  describe('401 and 403', () => {
    it('refuses without a key, with a mistyped one, and with one that may not', async () => {
      const without = await call('POST', '/v1/tasks', { body: BODY });
      expect([without.status, without.body.error?.type]).toEqual([401, 'authentication_error']);
      const typo = await call('POST', '/v1/tasks', { key: `${key.slice(0, -1)}?`, body: BODY });
      expect([typo.status, typo.body.error?.code]).toEqual([401, 'invalid_api_key']);
      const reader = await createKey(organization, 'test', { scopes: ['tasks:read'] });
      const forbidden = await call('POST', '/v1/tasks', { key: reader.text, body: BODY });
      expect([forbidden.status, forbidden.body.error?.code]).toEqual([403, 'missing_scope']);
    });

    it('never lets a key hold more than its cap, however many ask at once', async () => {
      const capped = await createKey(organization, 'test', { maxSpendSatsPerDay: 3_400 });
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          call('POST', '/v1/tasks', { key: capped.text, body: BODY }),
        ),
      );
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(3);
      const refused = answers.find((answer) => answer.status === 403);
      expect(refused?.body.error).toMatchObject({
        code: 'spend_cap_reached',
        details: { max_spend_sats: 3400, spent_sats: 3300, required_sats: 1100 },
      });
    });
  });

  it('402 says what there is and what it takes, and leaves no row', async () => {
    const poor = await createOrganization({ funds: 549 });
    const { text } = await createKey(poor, 'test');
    const before = await rows();
    const { status, body } = await call('POST', '/v1/tasks', { key: text, body: BODY });
    expect([status, body.error?.type]).toEqual([402, 'insufficient_funds']);
    expect(body.error?.details).toEqual({ available_sats: 549, required_sats: 1100 });
    expect(await rows()).toEqual(before);
  });

  it('409 where the key was used with another body', async () => {
    await create({ idempotency_key: 'once' });
    const { status, body } = await create({ idempotency_key: 'once', payout_sats: 501 });
    expect([status, body.error?.code]).toEqual([409, 'idempotency_mismatch']);
  });

  describe('422', () => {
    it.each([
      ['a schema that is no schema', { type: 'objekt' }],
      ['a reference to a URL', { $ref: 'https://example.com/schema.json' }],
      ['65 KB of schema', { type: 'object', description: 'x'.repeat(65 * 1024) }],
      ['a pattern that is none', { type: 'string', pattern: '(' }],
    ])('refuses %s, with a pointer', async (_what, output_schema) => {
      const before = await rows();
      const { status, body } = await create({ output_schema });
      expect([status, body.error?.code]).toEqual([422, 'invalid_output_schema']);
      expect(body.error?.details).toHaveProperty('pointer');
      expect(await rows()).toEqual(before);
    });

    it('takes a pattern that would be catastrophic elsewhere', async () => {
      const output_schema = {
        type: 'object',
        properties: { a: { type: 'string', pattern: '^(a+)+$' } },
      };
      expect((await create({ output_schema })).status).toBe(201);
    });

    it('refuses a skill nobody has heard of, and a live task nobody could take', async () => {
      const unknown = await create({ skills_required: ['juggling_sharks'] });
      expect([unknown.status, unknown.body.error?.code]).toEqual([422, 'unknown_skill']);
      const nobody = await call('POST', '/v1/tasks', { key: liveKey, body: BODY });
      expect([nobody.status, nobody.body.error?.code]).toEqual([422, 'no_eligible_worker']);
    });
  });

  it('415 for a form, 413 for a body that is too large', async () => {
    const form = await create({}, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(form.status).toBe(415);
    const large = await create({ instructions: 'x'.repeat(2 * 1024 * 1024) });
    expect(large.status).toBe(413);
  });
});
