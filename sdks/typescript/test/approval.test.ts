import { afterAll, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { APPROVAL_SCHEMA } from '../src/approval.js';
import { ApprovalDeniedError, HumanRail, TaskExpiredError } from '../src/index.js';
import { ApiServer, json } from './api-server.js';
import { conformanceCases } from './conformance-cases.js';

interface Approvals {
  output_schema: unknown;
  cases: {
    name: string;
    tool: string;
    arguments: { order_id: string; amount: number };
    payload: unknown;
    output: unknown;
    runs: boolean;
    error?: { class: string; reason: string };
  }[];
}

const { approvals } = conformanceCases<{ approvals: Approvals }>('asks');
const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const verified = (output: unknown) => json(200, { id: '1', status: 'verified', output });
const refund = { order_id: 'o-1', amount: 12.5 };

it.each(approvals.cases)('$name', async (one) => {
  server.answerWith(verified(one.output));
  const fn = vi.fn(async (order: typeof refund) => `refunded ${order.order_id}`);
  const call = server.client().requireApproval(fn, { tool: one.tool })(one.arguments);
  if (one.error) {
    await expect(call).rejects.toBeInstanceOf(ApprovalDeniedError);
    await expect(call).rejects.toMatchObject({
      name: one.error.class,
      reason: one.error.reason,
      task: { id: '1' },
    });
  } else {
    expect(await call).toBe('refunded o-1');
  }
  expect(fn.mock.calls).toEqual(one.runs ? [[one.arguments]] : []);
  expect(server.requests[0]?.body).toMatchObject({
    type: 'question',
    payload: one.payload,
    output_schema: approvals.output_schema,
    payout_sats: 300,
  });
  expect(APPROVAL_SCHEMA).toEqual(approvals.output_schema);
});

describe('the key of an approval', () => {
  const keyOf = (index: number) =>
    (server.requests[index]?.body as { idempotency_key: string } | undefined)?.idempotency_key;

  it('is new for each call, so that an approval is never used twice', async () => {
    server.answerWith(verified({ approved: true }));
    const guarded = server.client().requireApproval(() => 1, { tool: 'pay' });
    await guarded();
    await guarded();
    expect(keyOf(0)).toMatch(/^approval:[0-9a-f-]{36}$/);
    expect(keyOf(1)).not.toBe(keyOf(0));
  });

  it('is what the caller makes of the arguments where a call has an identity', async () => {
    server.answerWith(verified({ approved: true }));
    const pay = (order: string) => order;
    const key = (order: string) => `pay-${order}`;
    await server.client().requireApproval(pay, { tool: 'pay', key })('o-7');
    await server.client().requireApproval(pay, { tool: 'pay', key: 'fixed' })('o-7');
    expect([keyOf(0), keyOf(1)]).toEqual(['pay-o-7', 'fixed']);
  });
});

describe('what the person sees', () => {
  const payloadOf = () => (server.requests[0]?.body as { payload: unknown } | undefined)?.payload;

  it('is all of the arguments: none, one, or a list of several', async () => {
    const fn = (...args: unknown[]) => args;
    for (const args of [[], [{ a: 1 }], ['o-1', 5]]) {
      server.answerWith(verified({ approved: true }));
      await server.client().requireApproval(fn, { tool: 'pay' })(...args);
      const shown = args.length > 1 ? args : (args[0] ?? {});
      expect(payloadOf()).toMatchObject({ arguments: shown });
    }
  });

  it('is what show and question make of them', async () => {
    server.answerWith(verified({ approved: true }));
    const pay = (order: { id: string; token: string }) => order.token;
    const call = server.client().requireApproval(pay, {
      tool: 'pay',
      question: ({ id }) => `Pay ${id}?`,
      show: ({ id }) => ({ id }),
      instructions: 'Look at the policy.',
    });
    expect(await call({ id: 'o-1', token: 'secret' })).toBe('secret');
    expect(payloadOf()).toEqual({ question: 'Pay o-1?', tool: 'pay', arguments: { id: 'o-1' } });
    expect(server.requests[0]?.body).toMatchObject({ instructions: 'Look at the policy.' });
  });

  it('is what runs: arguments that change meanwhile stop the call', async () => {
    const order = { ...refund };
    server.answerWith((response, request) => {
      order.amount = 9_999;
      return verified({ approved: true })(response, request);
    });
    const fn = vi.fn();
    const call = server.client().requireApproval(fn, { tool: 'pay' })(order);
    await expect(call).rejects.toThrow(/arguments of pay were changed/);
    expect(fn).not.toHaveBeenCalled();
  });

  it('must be JSON', async () => {
    const call = server.client().requireApproval((n: bigint) => n, { tool: 'pay' })(5n);
    await expect(call).rejects.toThrow(/^arguments is the bigint 5/);
  });
});

it.each([
  ['anything but a yes', { approved: 'yes' }],
  ['no answer at all', null],
])('%s denies', async (_, output) => {
  server.answerWith(verified(output));
  const fn = vi.fn();
  const call = server.client().requireApproval(fn, { tool: 'pay' })();
  await expect(call).rejects.toThrow('The call of pay was denied.');
  expect(fn).not.toHaveBeenCalled();
});

it('where nobody answers, nothing runs', async () => {
  server.answerWith(json(200, { id: '1', status: 'expired', output: null }));
  const fn = vi.fn();
  const call = server.client().requireApproval(fn, { tool: 'pay' })();
  await expect(call).rejects.toBeInstanceOf(TaskExpiredError);
  expect(fn).not.toHaveBeenCalled();
});

it('what cannot be guarded is refused at once, and the guard keeps the types of the function', () => {
  const client = new HumanRail({ apiKey: 'ek_test_x' });
  expect(() => client.requireApproval(5 as never, { tool: 'pay' })).toThrow(/guards functions/);
  expect(() => client.requireApproval(() => 1, { tool: ' ' })).toThrow(/tool's name/);
  const guarded = client.requireApproval((id: string, sats: number) => ({ id, sats }), {
    tool: 'pay',
  });
  expectTypeOf(guarded).toEqualTypeOf<
    (id: string, sats: number) => Promise<{ id: string; sats: number }>
  >();
});
