import { beforeAll, describe, expect, it } from 'vitest';
import { saveRates } from '@/server/features/rates/view-rates';
import { V0Task } from '@/server/features/v0/schema';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, workerActor } from '@/server/testing/factories';
import { V0_CREATE } from '@/server/testing/v0-create';

useTestDatabase();

const BODY = V0_CREATE;
let key: string;
let liveKey: string;
let keys = 0;

beforeAll(async () => {
  const organization = await createOrganization({ funds: 100_000_000 });
  key = (await createKey(organization, 'test')).text;
  liveKey = (await createKey(organization, 'live')).text;
});

const create = (over: Record<string, unknown> = {}, who = key) =>
  call('POST', '/v0/tasks', {
    key: who,
    body: { idempotencyKey: `key-${++keys}`, ...BODY, ...over },
  });

describe('POST /v0/tasks', () => {
  it('answers 201 with the task, field by field', async () => {
    const callbackUrl = 'https://example.com/hook';
    const metadata = { order: { id: 7, tags: ['a'] }, note: null };
    const answer = await create({ idempotencyKey: 'field-by-field', callbackUrl, metadata });
    expect(answer.status).toBe(201);
    const { id, createdAt, updatedAt, expiresAt, ...rest } = V0Task.parse(answer.body);
    expect(rest).toEqual({
      idempotencyKey: 'field-by-field',
      status: 'posted',
      taskType: BODY.taskType,
      riskTier: 'medium',
      slaSeconds: 300,
      payload: BODY.payload,
      outputSchema: BODY.outputSchema,
      payout: { currency: 'USD', maxAmount: 0.5 },
      callbackUrl,
      metadata,
    });
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(updatedAt).toBe(createdAt);
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(300_000);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
    expect(answer.headers.get('ratelimit-limit')).toBeTruthy();
  });

  it('never holds or charges more than maxAmount, answers and fee together', async () => {
    const offers = [
      [{ currency: 'USD', maxAmount: 0.5 }, 'medium', BigInt(env.SATS_PER_USD / 2)],
      [{ currency: 'SATS', maxAmount: 700 }, 'high', 700n],
      [{ currency: 'BTC', maxAmount: 0.000012 }, 'critical', 1_200n],
    ] as const;
    for (const [payout, riskTier, capSats] of offers) {
      const { status, body } = await create({ payout, riskTier });
      expect(status).toBe(201);
      const row = await db.task.findUniqueOrThrow({ where: { id: String(body.id) } });
      expect(row.heldSats).toBeLessThanOrEqual(capSats);
      expect(row.payoutSats).toBeGreaterThan(0n);
      // One more sat per answer would exceed it.
      const each = (10_000n + BigInt(env.PLATFORM_FEE_BPS)) * BigInt(row.maxVotes);
      expect((row.payoutSats + 1n) * each).toBeGreaterThan(capSats * 10_000n);
      expect(body.payout).toEqual(payout);
    }
  });

  it('takes dollars at the rate that is known, else at the fixed one', async () => {
    const operator = { kind: 'operator', userId: newId(), mode: 'live' } as const;
    const off = { source: 'off', url: null } as const;
    // A dollar is 1,250 sats.
    await saveRates(operator, { ...off, overrides: { USD: 80_000 } });
    const payout = { currency: 'USD', maxAmount: 0.88 };
    const { body } = await create({ payout, riskTier: 'low' });
    const row = await db.task.findUniqueOrThrow({ where: { id: String(body.id) } });
    expect(row).toMatchObject({ payoutSats: 1_000n, heldSats: 1_100n });
    expect(body.payout).toEqual(payout);
    await saveRates(operator, { ...off, overrides: {} });
    const again = await create({ payout, riskTier: 'low' });
    const fixed = await db.task.findUniqueOrThrow({ where: { id: String(again.body.id) } });
    expect(fixed.payoutSats).toBe(800n);
  });

  it('uses the defaults of v1 for what is left out', async () => {
    const { body } = await create({ riskTier: undefined, slaSeconds: undefined });
    expect(body).toMatchObject({ riskTier: 'medium', slaSeconds: 600 });
  });

  it('gives the first task again for the same key and body, whatever the rate is by then', async () => {
    const first = await create({ idempotencyKey: 'again' });
    const formerly = env.SATS_PER_USD;
    env.SATS_PER_USD = formerly * 2;
    const again = await create({ idempotencyKey: 'again' }).finally(() => {
      env.SATS_PER_USD = formerly;
    });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });

  it.each([{ payout: { currency: 'USD', maxAmount: 0.51 } }, { payload: { other: true } }])(
    'answers 409 where the key was used with another body (%#)',
    async (over) => {
      const idempotencyKey = `other-${++keys}`;
      await create({ idempotencyKey });
      const { status, body } = await create({ idempotencyKey, ...over });
      expect([status, body.error?.type, body.error?.code]).toEqual([
        409,
        'conflict',
        'idempotency_mismatch',
      ]);
    },
  );

  it('keeps keys of the two modes apart', async () => {
    await workerActor({ mode: 'live' });
    const inTest = await create({ idempotencyKey: 'both-modes' });
    const inLive = await create({ idempotencyKey: 'both-modes' }, liveKey);
    expect([inTest.status, inLive.status]).toEqual([201, 201]);
    expect(inLive.body.id).not.toBe(inTest.body.id);
  });

  it.each([
    ['idempotencyKey', { idempotencyKey: undefined }],
    ['idempotencyKey', { idempotencyKey: '' }],
    ['idempotencyKey', { idempotencyKey: 'k'.repeat(257) }],
    ['taskType', { taskType: undefined }],
    ['taskType', { taskType: 'Not A Type' }],
    ['riskTier', { riskTier: 'extreme' }],
    ['slaSeconds', { slaSeconds: 29 }],
    ['slaSeconds', { slaSeconds: 1.5 }],
    ['payload', { payload: null }],
    ['payload', { payload: [] }],
    ['outputSchema', { outputSchema: undefined }],
    ['outputSchema', { outputSchema: 'object' }],
    ['payout', { payout: undefined }],
    ['payout.currency', { payout: { currency: 'EUR', maxAmount: 1 } }],
    ['payout.maxAmount', { payout: { currency: 'USD' } }],
    ['payout.maxAmount', { payout: { currency: 'USD', maxAmount: '0.5' } }],
    ['payout.maxAmount', { payout: { currency: 'USD', maxAmount: -1 } }],
    ['payout.maxAmount', { payout: { currency: 'SATS', maxAmount: 0 } }],
    ['payout.maxAmount', { payout: { currency: 'BTC', maxAmount: 20 } }],
    ['callbackUrl', { callbackUrl: 'ftp://example.com' }],
    ['callbackUrl', { callbackUrl: 'https://10.0.0.1/hook' }],
    ['metadata', { metadata: 'none' }],
    ['metadata', { metadata: { long: 'x'.repeat(70_000) } }],
    ['type', { type: 'refund_eligibility' }],
    ['payout_sats', { payout_sats: 500 }],
  ])('answers 400 and names %s at fault, in an object (%#)', async (field, over) => {
    const { status, body } = await create(over);
    expect([status, body.error?.type]).toEqual([400, 'validation_error']);
    expect(Object.keys(body.error?.details as object)).toContain(field);
    expect(Object.keys(body).toSorted()).toEqual(['error', 'requestId']);
    expect(Object.keys(body.error ?? {}).toSorted()).toEqual([
      'code',
      'details',
      'message',
      'type',
    ]);
  });

  it('answers 422 for a schema that is none, without a word of v1', async () => {
    const { status, body } = await create({ outputSchema: { type: 5 } });
    expect([status, body.error?.code]).toEqual([422, 'invalid_output_schema']);
    expect(body.error?.message).toMatch(/^outputSchema is not usable at /);
    expect(body.error?.details).toMatchObject({ pointer: '/type' });
  });

  it('answers 402 with what is there and what it takes', async () => {
    const { text } = await createKey(await createOrganization({ funds: 100 }), 'test');
    const { status, body } = await create({}, text);
    expect([status, body.error?.type]).toEqual([402, 'insufficient_funds']);
    expect(body.error?.details).toMatchObject({ availableSats: 100 });
  });

  it.each([
    [400, 'malformed_json', '{'],
    [400, 'malformed_json', '{"payload": 1, "payload": 2}'],
    [400, 'unsafe_number', '{"idempotencyKey": 12345678901234567890}'],
    [400, 'invalid_field', '[]'],
    [413, 'body_too_large', JSON.stringify({ payload: 'x'.repeat(1_100_000) })],
    [415, 'unsupported_media_type', 'a=b', 'application/x-www-form-urlencoded'],
  ])('answers %i %s to a body (%#)', async (status, code, text, type = 'application/json') => {
    const headers = { 'content-type': type };
    const answer = await call('POST', '/v0/tasks', { key, body: text, headers });
    expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    expect(Array.isArray(answer.body.error?.details)).toBe(false);
  });

  it.each([
    [undefined, 'invalid_api_key'],
    ['ek_test_nonsense', 'invalid_api_key'],
  ])('answers 401 to the key %s', async (who, code) => {
    const answer = await call('POST', '/v0/tasks', { ...(who ? { key: who } : {}), body: BODY });
    expect([answer.status, answer.body.error?.type, answer.body.error?.code]).toEqual([
      401,
      'authentication_error',
      code,
    ]);
  });
});
