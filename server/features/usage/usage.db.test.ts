import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskStatus } from '@/prisma/generated/client';
import { useClock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import {
  createKey,
  createOrganization,
  createWorker,
  keyActor,
  memberActor,
  workerActor,
} from '@/server/testing/factories';
import { createTestClock } from '@/server/testing/test-clock';
import { usageSql } from './get-usage';
import { getUsage } from './index';

useTestDatabase();

// A Wednesday.
const clock = createTestClock(Date.parse('2026-03-04T00:00:00Z'));
let restore: () => void;
beforeEach(() => {
  restore = useClock(clock);
});
afterEach(() => restore());

interface Past {
  status: TaskStatus;
  /** From creation to the end. */
  seconds?: number;
  held?: number;
  charged?: number;
  fee?: number;
  paid?: number[];
}

/** A paid payout's attempt. */
function settled(workerId: string, amount: number, mode: 'live' | 'test') {
  const at = new Date(clock.nowMs());
  return {
    ...{ id: newId(), mode, workerId, rail: 'sandbox', status: 'settled' as const },
    ...{ amountSats: BigInt(amount), createdAt: at, sentAt: at, finishedAt: at },
  };
}

/** A task in its current state, created at the clock's time. */
async function pastTask(owner: { id: string }, mode: 'live' | 'test', past: Past) {
  const createdAt = new Date(clock.nowMs());
  const ended = ['verified', 'failed', 'cancelled', 'expired'].includes(past.status);
  const completedAt = ended ? new Date(clock.nowMs() + (past.seconds ?? 0) * 1_000) : null;
  const task = await db.task.create({
    data: {
      id: newId(),
      organizationId: owner.id,
      mode,
      status: past.status,
      type: 't',
      payload: {},
      outputSchema: {},
      payoutSats: 1n,
      slaSeconds: 600,
      riskTier: 'low',
      minVotes: 1,
      maxVotes: 1,
      targetConfidence: 0.8,
      requestHash: '',
      createdBy: 'test',
      votesWanted: 1,
      openSeats: 0,
      heldSats: BigInt(past.held ?? 0),
      chargedSats: BigInt(past.charged ?? 0),
      feeSats: BigInt(past.fee ?? 0),
      createdAt,
      updatedAt: createdAt,
      completedAt,
      expiresAt: new Date(clock.nowMs() + 600_000),
    },
  });
  for (const amount of past.paid ?? []) {
    for (const status of ['paid', 'pending'] as const) {
      const worker = await createWorker({ skills: [] });
      await db.payout.create({
        data: {
          id: newId(),
          mode,
          workerId: worker.id,
          organizationId: owner.id,
          taskId: task.id,
          answerId: newId(),
          amountSats: BigInt(status === 'paid' ? amount : 999),
          rail: 'sandbox',
          status,
          createdAt,
          ...(status === 'paid' ? { attempt: { create: settled(worker.id, amount, mode) } } : {}),
        },
      });
    }
  }
}

describe('usage', () => {
  it('adds up statuses, seconds and sats by the day a task was created in, and in all', async () => {
    const organization = await createOrganization({ funds: 0n });
    const add = (past: Past) => pastTask(organization, 'test', past);
    // The last millisecond of one day and the first of the next.
    clock.set(Date.parse('2026-03-04T23:59:59.999Z'));
    await add({
      status: 'verified',
      seconds: 10,
      held: 110,
      charged: 110,
      fee: 10,
      paid: [60, 40],
    });
    await add({ status: 'expired', seconds: 600, held: 110 });
    clock.advanceMs(1);
    for (const seconds of [20, 30, 40]) {
      await add({ status: 'verified', seconds, held: 330, charged: 110, fee: 10, paid: [100] });
    }
    await add({ status: 'cancelled', seconds: 1, held: 55 });
    await add({ status: 'posted', held: 77 });
    await add({ status: 'submitted', held: 88 });
    clock.advanceMs(3_600_000);

    const usage = await getUsage(await keyActor(organization, 'test'), {
      start_date: '2026-03-04',
      end_date: '2026-03-06',
    });
    const none = { posted: 0, assigned: 0, submitted: 0, failed: 0, cancelled: 0, expired: 0 };
    expect(usage.data).toEqual([
      {
        start_date: '2026-03-04',
        end_date: '2026-03-04',
        tasks: { ...none, created: 2, verified: 1, expired: 1 },
        average_completion_seconds: 10,
        p50_completion_seconds: 10,
        p95_completion_seconds: 10,
        spent_sats: 110,
        fee_sats: 10,
        paid_sats: 100,
        refunded_sats: 110,
        held_sats: 0,
      },
      {
        start_date: '2026-03-05',
        end_date: '2026-03-05',
        tasks: { ...none, created: 6, verified: 3, cancelled: 1, posted: 1, submitted: 1 },
        average_completion_seconds: 30,
        p50_completion_seconds: 30,
        p95_completion_seconds: 39,
        spent_sats: 330,
        fee_sats: 30,
        paid_sats: 300,
        refunded_sats: 715,
        held_sats: 165,
      },
      {
        start_date: '2026-03-06',
        end_date: '2026-03-06',
        tasks: { ...none, created: 0, verified: 0 },
        average_completion_seconds: null,
        p50_completion_seconds: null,
        p95_completion_seconds: null,
        spent_sats: 0,
        fee_sats: 0,
        paid_sats: 0,
        refunded_sats: 0,
        held_sats: 0,
      },
    ]);
    expect(usage.total).toMatchObject({
      tasks: { created: 8, verified: 4, expired: 1, cancelled: 1, posted: 1, submitted: 1 },
      average_completion_seconds: 25,
      p50_completion_seconds: 25,
      p95_completion_seconds: 38.5,
      spent_sats: 440,
      paid_sats: 400,
      refunded_sats: 825,
      held_sats: 165,
    });
  });

  it('counts by weeks from Monday and by months, within the days asked for', async () => {
    const organization = await createOrganization({ funds: 0n });
    clock.set(Date.parse('2026-03-08T12:00:00Z')); // a Sunday
    await pastTask(organization, 'test', { status: 'posted' });
    clock.set(Date.parse('2026-03-09T12:00:00Z'));
    await pastTask(organization, 'test', { status: 'posted' });
    clock.set(Date.parse('2026-04-01T00:00:00Z'));
    await pastTask(organization, 'test', { status: 'posted' });
    const actor = await memberActor(organization, 'test', 'viewer');
    const created = async (period: 'week' | 'month', start_date: string, end_date: string) =>
      (await getUsage(actor, { period, start_date, end_date })).data.map(
        (bucket) => bucket.tasks.created,
      );
    expect(await created('week', '2026-03-02', '2026-03-15')).toEqual([1, 1]);
    expect(await created('month', '2026-03-01', '2026-04-30')).toEqual([2, 1]);
    expect(await created('month', '2026-03-09', '2026-03-31')).toEqual([1]);
  });

  it('knows nothing of other organizations and of the other mode', async () => {
    const organization = await createOrganization({ funds: 0n });
    const other = await createOrganization({ funds: 0n });
    await pastTask(organization, 'test', { status: 'posted', held: 5 });
    await pastTask(other, 'live', { status: 'posted', held: 7 });
    const held = async (owner: { id: string }, mode: 'live' | 'test') =>
      (await getUsage(await keyActor(owner, mode), {})).total.held_sats;
    expect(await held(organization, 'test')).toBe(5);
    expect(await held(organization, 'live')).toBe(0);
    expect(await held(other, 'test')).toBe(0);
    expect(await held(other, 'live')).toBe(7);
    await expect(getUsage(await workerActor(), {})).rejects.toMatchObject({ status: 404 });
  });

  it('reads the days asked for by an index, and not the whole table', async () => {
    const organization = await createOrganization({ funds: 0n });
    const endMs = Date.parse('2027-01-01T00:00:00Z');
    // A year of tasks, one every quarter of an hour, with matching IDs.
    await db.$executeRaw`
      INSERT INTO tasks (id, organization_id, mode, status, type, payload, output_schema, payout_sats,
             sla_seconds, skills_required, risk_tier, min_votes, max_votes, target_confidence,
             request_hash, created_by, votes_wanted, open_seats, held_sats, created_at, updated_at,
             completed_at, expires_at)
      SELECT overlay(overlay(gen_random_uuid()::text PLACING left(hex, 8) FROM 1)
               PLACING right(hex, 4) FROM 10)::uuid, ${organization.id}::uuid, 'test', 'expired', 't',
             '{}', '{}', 1, 600, '{}', 'low', 1, 1, 0.8, '', 'test', 1, 0, 1, at, at, at, at
        FROM (SELECT to_timestamp(ms / 1000.0) AS at, lpad(to_hex(ms), 12, '0') AS hex
                FROM generate_series(${endMs - 365 * 86_400_000}::bigint, ${endMs}::bigint, 900000) AS ms
             ) AS past`;
    await db.$executeRaw`ANALYZE tasks`;
    const days = { startsAt: new Date(endMs - 2 * 86_400_000), endsBefore: new Date(endMs) };
    const plan = await db.$queryRaw<{ 'QUERY PLAN': string }[]>(
      Prisma.sql`EXPLAIN (ANALYZE, BUFFERS) ${usageSql({ organizationId: organization.id, mode: 'test' }, 'day', days)}`,
    );
    const lines = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(lines).not.toContain('Seq Scan on tasks');
    expect(lines).toMatch(/on tasks t .*actual time=\S+ rows=192\b/);
    // Two days are some 10 of the table's 1,300 pages; the index adds a few.
    const [, hit = '0', , read = '0'] = /Buffers: shared hit=(\d+)( read=(\d+))?/.exec(lines) ?? [];
    expect(Number(hit) + Number(read)).toBeLessThan(100);
  });
});

describe('GET /v1/usage', () => {
  it('answers 200 with the scope, and refuses keys without it', async () => {
    const organization = await createOrganization({ funds: 0n });
    const { text } = await createKey(organization, 'test', { scopes: ['usage:read'] });
    const answer = await call('GET', '/v1/usage?period=month', { key: text });
    expect(answer).toMatchObject({ status: 200, body: { object: 'usage', period: 'month' } });
    expect(answer.body.data).toHaveLength(12);
    const other = await createKey(organization, 'test', { scopes: ['tasks:read'] });
    expect(await call('GET', '/v1/usage', { key: other.text })).toMatchObject({
      status: 403,
      body: { error: { code: 'missing_scope' } },
    });
    expect((await call('POST', '/v1/usage', { key: text })).status).toBe(405);
  });

  it.each([
    ['period=year', 'period'],
    ['start_date=yesterday', 'start_date'],
    ['start_date=2026-02-30', 'start_date'],
    ['start_date=2026-03-02&end_date=2026-03-01', 'start_date'],
    ['start_date=1999-01-01', 'start_date'],
    ['from=2026-03-01', 'from'],
    ['start_date=0000-01-01&end_date=0000-01-02', 'start_date'],
  ])('answers ?%s with 400 and the name of the field', async (query, param) => {
    const { text } = await createKey(await createOrganization({ funds: 0n }));
    const { status, body } = await call('GET', `/v1/usage?${query}`, { key: text });
    expect({ status, param: body.error?.param }).toEqual({ status: 400, param });
  });
});
