import { describe, expect, it } from 'vitest';
import { verifiedTask } from '@/server/features/tasks';
import type { Task } from '@/server/features/tasks/schema';
import { renderV0Task, sampleV0Event, v0EventType } from './index';
import { V0Event, V0EventType, V0Task } from './schema';

const PAID = {
  id: 'payout-1',
  amount_sats: 300,
  rail: 'sandbox',
  status: 'paid',
  paid_at: '2026-01-31T12:00:09.000Z',
};
const taskWith = (over: Partial<Task>): Task => ({ ...verifiedTask, ...over });
const render = (over: Partial<Task>) => V0Task.parse(renderV0Task(taskWith(over), null));

describe('a task as v0 shows it', () => {
  it('has its fields by their v0 names, and those of what it was offered', () => {
    const price = { currency: 'USD', maxAmount: 0.5 } as const;
    const over = {
      idempotency_key: 'order-1',
      callback_url: 'https://example.com/hook',
      metadata: { order: { id: 1 } },
      payouts: [],
    };
    expect(renderV0Task(taskWith(over), price)).toEqual({
      id: verifiedTask.id,
      idempotencyKey: 'order-1',
      status: 'verified',
      taskType: 'content_review',
      riskTier: 'medium',
      slaSeconds: 300,
      payload: verifiedTask.payload,
      outputSchema: verifiedTask.output_schema,
      payout: price,
      callbackUrl: 'https://example.com/hook',
      metadata: { order: { id: 1 } },
      output: verifiedTask.output,
      createdAt: verifiedTask.created_at,
      updatedAt: verifiedTask.updated_at,
      expiresAt: verifiedTask.expires_at,
    });
  });

  it('has no null in it, whatever is not known', () => {
    const shown = render({
      status: 'posted',
      output: null,
      payouts: [],
      metadata: {},
      idempotency_key: null,
      callback_url: null,
      failure_reason: null,
    });
    expect(Object.values(shown)).not.toContain(null);
    expect(shown).not.toHaveProperty('output');
    expect(shown).not.toHaveProperty('callbackUrl');
    expect(shown).not.toHaveProperty('metadata');
    expect(shown).not.toHaveProperty('failureReason');
    expect(shown.idempotencyKey).toBe('');
  });

  it('of v1 shows the most it can cost as its payout', () => {
    expect(render({}).payout).toEqual({ currency: 'SATS', maxAmount: 1_100 });
  });

  it.each([['yes'], [0], [false], [['a', 'b']]])('gives the output %o in an object', (output) => {
    expect(render({ output }).output).toEqual({ value: output });
  });

  it('gives failure as a sentence, and as its code where there is none', () => {
    const failed = (message: string) =>
      render({ failure_reason: { code: 'sla_expired', message } }).failureReason;
    expect(failed('Nobody answered in time.')).toBe('Nobody answered in time.');
    expect(failed('')).toBe('sla_expired');
  });
});

describe('payoutResult', () => {
  it('is the sum of what was paid, at the time of the last', () => {
    const later = {
      ...PAID,
      id: 'payout-2',
      amount_sats: 200,
      paid_at: '2026-01-31T12:01:00.000Z',
    };
    expect(render({ payouts: [later, PAID] }).payoutResult).toEqual({
      id: 'payout-2',
      amount: 500,
      currency: 'SATS',
      rail: 'lightning',
      paidAt: later.paid_at,
    });
  });

  it.each(['held', 'pending', 'sending', 'failed'])(
    'is not there while a payout is %s',
    (status) => {
      const open = { ...PAID, status, paid_at: null };
      expect(render({ payouts: [PAID, open] }).payoutResult).toBeUndefined();
    },
  );

  it.each([
    ['strike', 'strike'],
    ['internal', 'internal'],
    ['lnbits', 'lightning'],
    ['sandbox', 'lightning'],
  ])('calls the rail %s %s', (rail, shown) => {
    expect(render({ payouts: [{ ...PAID, rail }] }).payoutResult?.rail).toBe(shown);
  });
});

describe('events', () => {
  it('have the types that the published clients know, and no other', () => {
    expect(v0EventType('task.created')).toBe('task.posted');
    expect(v0EventType('task.verified')).toBe('task.verified');
    for (const type of ['task.completed', 'task.corrected', 'balance.low', 'webhook.test']) {
      expect(v0EventType(type)).toBeNull();
    }
  });

  it.each(V0EventType.options)('can be tried out: %s', (type) => {
    const ids = { eventId: 'evt_1', taskId: 'task-1', createdAt: new Date('2026-03-01T00:00:00Z') };
    const event = V0Event.parse(sampleV0Event(type, ids));
    expect(event).toMatchObject({ id: 'evt_1', type, data: { id: 'task-1' } });
    expect(`task.${event.data.status}`).toBe(type);
    expect('output' in event.data).toBe(type === 'task.verified');
    expect(event.data.expiresAt).toBe('2026-03-01T00:05:00.000Z');
  });
});
