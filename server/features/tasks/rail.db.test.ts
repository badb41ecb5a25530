import { beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '@/server/features/ledger';
import { db } from '@/server/platform/db';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, createWorker, keyActor } from '@/server/testing/factories';
import { useStack } from '@/server/testing/stack';
import { CreateTask, createTask, getTask } from './index';

useStack(useTestDatabase());

const QUICKSTART = CreateTask.parse({
  type: 'first_look',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  payout_sats: 500,
  sla_seconds: 300,
});

const until = async <T>(read: () => Promise<T>, done: (value: T) => boolean, ms = 15_000) => {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (done(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('the whole rail, from create to completed', () => {
  let actor: Awaited<ReturnType<typeof keyActor>>;
  beforeAll(async () => {
    const organization = await createOrganization({ funds: 100_000 });
    actor = await keyActor(organization, 'test');
    for (let i = 0; i < 6; i++) await createWorker({ simulated: true, capacity: 50 });
  });

  const run = async (over: Partial<CreateTask>) => {
    const { task } = await createTask(actor, { ...QUICKSTART, ...over });
    return until(
      () => getTask(actor, task.id),
      (now) => ['failed', 'expired'].includes(now.status) || now.payouts.some((p) => p.paid_at),
    );
  };
  const timeline = async (taskId: string) =>
    (await db.taskEvent.findMany({ where: { taskId }, orderBy: { sequence: 'asc' } })).map(
      (event) => event.type,
    );

  it('verifies a scripted answer, pays the worker once and charges payout and fee', async () => {
    const task = await run({ sandbox: { answer: { verdict: 'genuine' } } });
    expect(task.status).toBe('verified');
    expect(task.output).toEqual({ verdict: 'genuine' });
    expect(task.verification.map((report) => report.stage)).toEqual([
      'schema',
      'rules',
      'anomaly',
      'gold',
      'consensus',
      'qa',
    ]);
    expect(task.payouts).toHaveLength(1);
    expect(task.payouts[0]).toMatchObject({ amount_sats: 500, status: 'paid', rail: 'sandbox' });
    expect(task.cost_sats).toEqual({ held: 1100, charged: 550, fee: 50 });
    const events = await until(
      () => timeline(task.id),
      (types) => types.includes('task.completed'),
    );
    expect(events).toEqual([
      'task.created',
      'task.assigned',
      'task.submitted',
      'task.verified',
      'task.completed',
    ]);
  });

  it('fails after three rejected answers, and gives the hold back', async () => {
    const task = await run({ sandbox: { outcome: 'failed' } });
    expect(task.status).toBe('failed');
    expect(task.failure_reason?.code).toBeTruthy();
    expect(task.output).toBeNull();
    expect(task.cost_sats.charged).toBe(0);
    expect(await db.answer.count({ where: { taskId: task.id, status: 'rejected' } })).toBe(3);
  });

  it('gathers votes until they agree, pays every accepted one and reports the dissent', async () => {
    const task = await run({
      risk_tier: 'high',
      sandbox: {
        answer: { verdict: 'genuine' },
        workers: [
          { accuracy: 1 },
          { accuracy: 1 },
          { accuracy: 0 },
          { accuracy: 1 },
          { accuracy: 1 },
        ],
      },
    });
    expect(task.status).toBe('verified');
    expect(task.output).toMatchObject({ verdict: 'genuine' });
    expect(task.votes_used).toBeGreaterThanOrEqual(3);
    expect(task.payouts).toHaveLength(task.votes_used);
    const wrong = task.dissent.filter(
      (each) => (each as { verdict: string }).verdict !== 'genuine',
    );
    expect(wrong).toHaveLength(1);
  });

  it('leaves a ledger in which everything adds up', async () => {
    const open = await until(
      () => db.payout.count({ where: { status: { not: 'paid' } } }),
      (count) => count === 0,
    );
    expect(open).toBe(0);
    expect(await reconcile()).toMatchObject({ ok: true, unbalanced: [], wrongBalances: [] });
    const held = await db.account.aggregate({
      where: { kind: 'organization_held' },
      _sum: { balance: true },
    });
    expect(held._sum.balance).toBe(0n);
  });
});
