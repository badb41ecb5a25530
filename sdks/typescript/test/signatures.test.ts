import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idempotencyKey, parseWebhookEvent, WebhookSignatureError } from '../src/index.js';
import {
  type VerifyStandardWebhookInput,
  type VerifyWebhookSignatureInput,
  verifyStandardWebhook,
  verifyWebhookSignature,
} from '../src/webhook-signature.js';
import { conformanceCases } from './conformance-cases.js';

interface SignatureCase {
  name: string;
  valid: boolean;
  payload?: string;
  payload_base64?: string;
  signature: VerifyWebhookSignatureInput['signature'];
  secret: string | string[] | null;
  now: number;
  tolerance_seconds?: number;
}

interface StandardCase {
  name: string;
  valid: boolean;
  payload: string;
  headers: Record<string, string>;
  secret: string | string[] | null;
  now: number;
}

const signatureCases = conformanceCases<{ cases: SignatureCase[] }>('webhook-signatures').cases;
const standardCases = conformanceCases<{ cases: StandardCase[] }>('standard-webhooks').cases;
const keyCases = conformanceCases<{ cases: { namespace: string; parts: string[]; key: string }[] }>(
  'idempotency-keys',
).cases;

const inputOf = (one: SignatureCase): VerifyWebhookSignatureInput => ({
  payload: one.payload ?? Buffer.from(one.payload_base64 ?? '', 'base64'),
  signature: one.signature,
  secret: one.secret,
  nowMs: one.now * 1000,
  toleranceSeconds: one.tolerance_seconds,
});

const standardInputOf = (one: StandardCase): VerifyStandardWebhookInput => ({
  payload: one.payload,
  headers: one.headers,
  secret: one.secret,
  nowMs: one.now * 1000,
});

it.each(signatureCases)('X-HumanRail-Signature: $name → $valid', (one) => {
  expect(verifyWebhookSignature(inputOf(one))).toBe(one.valid);
});

it.each(standardCases)('Standard Webhooks: $name → $valid', (one) => {
  expect(verifyStandardWebhook(standardInputOf(one))).toBe(one.valid);
  const headers = new Headers(one.headers);
  expect(verifyStandardWebhook({ ...standardInputOf(one), headers })).toBe(one.valid);
});

describe('a body in any of its forms', () => {
  const body = '{"a":"ü"}';
  const now = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', 's').update(`${now}.${body}`).digest('hex');
  const signature = `t=${now},v1=${digest}`;
  const bytes = new TextEncoder().encode(body);
  const within = new Uint8Array([1, ...bytes, 2]).subarray(1, 1 + bytes.length);

  it.each([
    ['a string', body],
    ['a Buffer', Buffer.from(body)],
    ['a Uint8Array', bytes],
    ['a part of a larger buffer', within],
    ['an ArrayBuffer', bytes.buffer],
  ])('%s verifies, by the clock of this machine', (_, payload) => {
    expect(verifyWebhookSignature({ payload, signature, secret: 's' })).toBe(true);
  });

  it.each([undefined, null, {}, [], 7])('%s is refused without throwing', (payload) => {
    const input = { payload, signature, secret: 's' } as unknown as VerifyWebhookSignatureInput;
    expect(verifyWebhookSignature(input)).toBe(false);
    const headers = undefined as unknown as Headers;
    expect(verifyStandardWebhook({ payload: body, headers, secret: 's' })).toBe(false);
  });
});

describe('parseWebhookEvent', () => {
  const body =
    '{"id":"evt_1","object":"event","type":"task.verified","mode":"test","created_at":"x","data":{"payout_sats":5,"status":"verified","output":{"the_verdict":1}}}';
  const nowMs = 1_767_225_600_000;
  const digest = createHmac('sha256', 's').update(`1767225600.${body}`).digest('hex');

  it('gives the event with its fields in camelCase and the output untouched', () => {
    const signature = `t=1767225600,v1=${digest}`;
    const event = parseWebhookEvent({ payload: Buffer.from(body), signature, secret: 's', nowMs });
    expect(event.createdAt).toBe('x');
    expect(event.data).toEqual({
      payoutSats: 5,
      status: 'verified',
      output: { the_verdict: 1 },
    });
  });

  it('says where the clock is at fault, not the secret', () => {
    const signature = `t=1767225600,v1=${digest}`;
    const late = { payload: body, signature, secret: 's', nowMs: nowMs + 301_000 };
    expect(() => parseWebhookEvent(late)).toThrow(/too far from now.*clock/);
    expect(() => parseWebhookEvent({ ...late, secret: 'other' })).toThrow(/not signed with this/);
  });

  it('throws where the signature does not fit', () => {
    expect(() => parseWebhookEvent({ payload: body, signature: undefined, secret: 's' })).toThrow(
      WebhookSignatureError,
    );
  });
});

it.each(keyCases)('idempotencyKey($namespace, …) is $key in every SDK', (one) => {
  expect(idempotencyKey(one.namespace, ...one.parts)).toBe(one.key);
});
