/** The test clock, by the API alone. */
import { afterAll, describe, expect, it } from 'vitest';
import '@/server/jobs';
import { db } from '@/server/platform/db';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';

useTestDatabase();
const receiver = useWebhookReceiver();
afterAll(async () => expect(await brokenInvariants()).toEqual([]));

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] } },
};

async function customer() {
  const organization = await createOrganization({ funds: 10_000_000 });
  const { text: key } = await createKey(organization, 'test');
  const advance = async (seconds: number) => {
    const { status, body } = await call('POST', '/v1/test/clock/advance', {
      key,
      body: { seconds },
    });
    expect([status, body.error]).toEqual([200, undefined]);
    return body as Record<string, any>;
  };
  const ask = async (n: number, over: object = {}) => {
    const body = {
      type: 'rehearsed',
      payload: { n },
      output_schema: SCHEMA,
      payout_sats: 10,
      sla_seconds: 86_400,
      ...over,
    };
    const made = await call('POST', '/v1/tasks', { key, body });
    expect([made.status, made.body.error]).toEqual([201, undefined]);
    return String(made.body.id);
  };
  const get = async (id: string) => (await call('GET', `/v1/tasks/${id}`, { key })).body as any;
  return { organization, key, advance, ask, get };
}

describe('a test clock', () => {
  it('does what falls due, in order, and nothing by itself', async () => {
    const { advance, ask, get } = await customer();
    expect(await advance(0)).toMatchObject({ advanced_seconds: 0, done: true, happened: [] });
    const id = await ask(1, {
      redundancy: { min_votes: 3, max_votes: 3 },
      sandbox: { answer: { verdict: 'yes' }, workers: [{ delay: 60 }, { delay: 5 }, {}] },
    });
    expect(await get(id)).toMatchObject({ status: 'posted' });
    const soon = await advance(30);
    expect(await get(id)).toMatchObject({ status: 'assigned' });
    expect(soon.next_due_at).not.toBeNull();
    const later = await advance(60);
    const task = await get(id);
    expect(task).toMatchObject({ status: 'verified', output: { verdict: 'yes' }, votes_used: 3 });
    expect(task.payouts.map(({ status }: { status: string }) => status)).toEqual([
      'paid',
      'paid',
      'paid',
    ]);
    expect(Date.parse(task.completed_at) - Date.parse(task.created_at)).toBe(60_000);
    expect(later.happened.map(({ type }: { type: string }) => type)).toEqual([
      'task.submitted',
      'task.verified',
      'task.completed',
    ]);
  });
});
