import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger } from '@/server/features/books/check-ledger';
import type { Actor } from '@/server/platform/actor';
import { announceProcess } from '@/server/platform/app-processes';
import { db } from '@/server/platform/db';
import { setEngineConsole } from '@/server/platform/engine-link';
import { newId } from '@/server/platform/ids';
import { readMetrics, setProductMetrics } from '@/server/platform/metrics';
import { consume, flushRefusals } from '@/server/platform/rate-limit';
import {
  declareSweep,
  noteSweepEnd,
  noteSweepFailure,
  noteSweepStart,
} from '@/server/platform/sweeps';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, createWorker } from '@/server/testing/factories';
import { createVerifiedTask } from '@/server/testing/verified-task';
import { getInstance } from './get-instance';
import { getOverview } from './get-overview';
import { getSystem } from './get-system';
import { measureOperations } from './measure-operations';
import { runAgain } from './run-again';

useTestDatabase();

const HOUR_MS = 3_600_000;
const operator: Actor = { kind: 'operator', userId: newId(), mode: 'test' };
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

/** The items under test; the engine is not running here. */
async function attention() {
  const { attention: items } = await getOverview(operator);
  return items.filter(({ id }) => !id.startsWith('engine'));
}

afterEach(async () => {
  setEngineConsole(null);
  await db.review.deleteMany();
  await db.appeal.deleteMany();
  await db.payout.deleteMany();
  await db.email.deleteMany();
  await db.endpoint.deleteMany();
  await db.worker.updateMany({ data: { vetting: 'approved' } });
  await db.sweepRun.deleteMany();
});

async function review(more: object) {
  const { taskId, organizationId, payoutIds } = await createVerifiedTask();
  await db.payout.deleteMany({ where: { id: { in: payoutIds } } });
  const id = newId();
  await db.review.create({
    data: {
      ...{ id, taskId, organizationId, mode: 'live', type: 'content_review', queue: 'instance' },
      ...{ kind: 'spot_check', blocking: false, reason: 'spot_check', createdAt: hoursAgo(2) },
      ...more,
    },
  });
  return taskId;
}

describe('the overview', () => {
  it('shows what waits in live mode to an operator who looks at test mode', async () => {
    const worker = await createWorker({ mode: 'live' });
    await db.worker.update({
      where: { id: worker.id },
      data: { vetting: 'waiting', online: false, status: 'paused', createdAt: hoursAgo(30) },
    });
    const overview = await getOverview(operator);
    expect(overview.attention).toContainEqual(
      expect.objectContaining({
        ...{ id: 'applications:live', mode: 'live', severity: 'soon', count: 1 },
        href: '/ops/workers?state=waiting',
      }),
    );
    // The counts are of the current mode.
    expect(overview.applications).toBe(0);
  });

  it('tells reviews that a task waits for from audits, and those whose time runs out', async () => {
    const taskId = await review({ blocking: true });
    await db.task.update({
      where: { id: taskId },
      data: { expiresAt: new Date(Date.now() + 60_000) },
    });
    await review({});
    // An organization's own reviewers decide this one.
    await review({ queue: 'organization' });
    expect(await attention()).toMatchObject([
      { id: 'reviews-blocking:live', severity: 'urgent', count: 1 },
      { id: 'reviews:live', severity: 'waits', count: 1 },
    ]);
  });

  it('shows appeals that a reviewer is asked about or whose time runs out, not those re-voted', async () => {
    const { taskId, organizationId, workerIds, payoutIds } = await createVerifiedTask();
    await db.payout.deleteMany({ where: { id: { in: payoutIds } } });
    const appeal = (route: 're_votes' | 'reviewer', dueInHours: number) => ({
      ...{ id: newId(), answerId: newId(), taskId, organizationId, workerId: workerIds[0] ?? '' },
      ...{
        mode: 'live' as const,
        type: 'content_review',
        reason: 'No.',
        ground: 'rejected' as const,
      },
      ...{ route, dueAt: hoursAgo(-dueInHours), createdAt: hoursAgo(1) },
    });
    await db.appeal.createMany({ data: [appeal('re_votes', 60), appeal('reviewer', 50)] });
    expect(await attention()).toMatchObject([{ id: 'appeals:live', severity: 'waits', count: 1 }]);
    await db.appeal.createMany({ data: [appeal('re_votes', 2)] });
    expect(await attention()).toMatchObject([{ id: 'appeals:live', severity: 'urgent', count: 2 }]);
  });

  it('shows what does not get out: payouts, e-mails, endpoints', async () => {
    const { payoutIds, organizationId } = await createVerifiedTask();
    await db.payout.updateMany({
      where: { id: { in: payoutIds } },
      data: { status: 'failed', mode: 'live', nextAttemptAt: null, createdAt: hoursAgo(5) },
    });
    await db.email.create({
      data: {
        ...{ id: newId(), to: 'a@example.com', template: 'x', subject: 'x', status: 'failed' },
        createdAt: hoursAgo(0.5),
      },
    });
    const endpoint = (more: object) => ({
      ...{
        id: newId(),
        organizationId,
        mode: 'live' as const,
        secret: 'x',
        createdAt: hoursAgo(99),
      },
      ...{ url: 'https://hooks.example.com/secret-path?token=1', updatedAt: hoursAgo(1), ...more },
    });
    await db.endpoint.createMany({
      data: [
        endpoint({ status: 'disabled', disabledReason: 'It only failed for five days.' }),
        endpoint({ status: 'disabled', disabledReason: 'Disabled by its owner.' }),
        endpoint({ failingSince: hoursAgo(3) }),
        endpoint({ failingSince: hoursAgo(0) }),
      ],
    });
    expect((await attention()).map(({ id, severity, count }) => [id, severity, count])).toEqual([
      ['payouts-failed:live', 'urgent', 1],
      ['endpoints-disabled:live', 'soon', 1],
      ['emails', 'soon', 1],
      ['endpoints-failing:live', 'waits', 1],
    ]);
    const { endpoints } = await getInstance(operator);
    expect(endpoints.map(({ host, trouble }) => [host, trouble]).sort()).toEqual([
      ['hooks.example.com', 'disabled'],
      ['hooks.example.com', 'failing'],
    ]);
    expect(JSON.stringify(endpoints)).not.toContain('secret-path');
  });
});

describe('sweeps', () => {
  const sweep = { id: 'test/sweep', cron: '* * * * *' };
  beforeAll(() => declareSweep(sweep));
  const known = async () => (await getSystem(operator)).sweeps.find(({ id }) => id === sweep.id);

  it('say when they last ran, how long that took and what they found', async () => {
    expect(await known()).toMatchObject({ startedAt: null, endedAt: null });
    await noteSweepStart(sweep.id, 'run-1');
    // The engine makes one call per step.
    const { startedAt } = (await known()) ?? {};
    await noteSweepStart(sweep.id, 'run-1');
    await noteSweepEnd(sweep.id, 'run-1', { swept: 3 });
    expect(await known()).toMatchObject({
      ...{ startedAt, endedAt: expect.any(Date), tookMs: expect.any(Number) },
      ...{ found: { swept: 3 }, failures: 0, isLate: false },
    });
  });

  it('that fail or do not run need somebody, until they end well', async () => {
    await noteSweepStart(sweep.id, 'run-2');
    for (let n = 0; n < 3; n++) await noteSweepFailure(sweep.id, new Error('The table is gone.'));
    expect(await attention()).toMatchObject([
      { id: 'sweep:test/sweep', severity: 'soon', advice: 'It says: The table is gone.' },
    ]);
    await noteSweepEnd(sweep.id, 'run-2', null);
    expect(await attention()).toEqual([]);
    await db.sweepRun.update({ where: { id: sweep.id }, data: { endedAt: hoursAgo(1) } });
    expect(await attention()).toMatchObject([{ id: 'sweep:test/sweep', severity: 'urgent' }]);
  });
});

it('counts who was refused by which limit, with the key’s organization and nothing secret', async () => {
  const organization = await createOrganization({ name: 'Acme' });
  const { id, text } = await createKey(organization);
  for (let n = 0; n < 120; n++) await consume(`key:${id}`, { limit: 2, windowSeconds: 3_600 });
  for (let n = 0; n < 5; n++) await consume('address:192.0.2.1', { limit: 1, windowSeconds: 60 });
  await flushRefusals();
  for (let n = 0; n < 3; n++) await consume(`key:${id}`, { limit: 2, windowSeconds: 3_600 });
  await flushRefusals();
  const { callers } = await getInstance(operator);
  expect(callers).toMatchObject([
    {
      limitName: 'Requests of an API key',
      refusals: 121,
      limit: 2,
      apiKey: { organization: 'Acme', hint: `ek_test_…${text.slice(-4)}` },
    },
    { limitName: 'Requests without a key, by address', refusals: 4, subject: '192.0.2.1' },
  ]);
  expect(JSON.stringify(callers)).not.toContain(text);
  expect(await attention()).toMatchObject([{ id: 'rate-limits', count: 1 }]);
  await db.rateLimitRefusal.deleteMany();
});

it('shows the processes, the database and test clocks that stand with work to do', async () => {
  const endAnnouncing = announceProcess();
  const organization = await createOrganization({ name: 'Rehearsing' });
  const now = new Date();
  await db.testClock.create({
    data: { organizationId: organization.id, nowAt: now, createdAt: now },
  });
  const job = (id: string, dueAt: Date) => ({
    ...{ organizationId: organization.id, id, name: 'task/route', data: {}, dueAt },
  });
  await db.testClockJob.createMany({ data: [job('due', hoursAgo(1)), job('later', hoursAgo(-1))] });
  await expect.poll(async () => (await getInstance(operator)).processes.length).toBe(1);
  endAnnouncing();
  const { processes, database, clocks } = await getInstance(operator);
  expect(processes[0]).toMatchObject({ pid: process.pid, version: '0.2.0' });
  expect(database).toMatchObject({
    version: expect.any(String),
    connectionsMax: expect.any(Number),
  });
  expect(database.bytes).toBeGreaterThan(1_000_000);
  expect(clocks).toMatchObject([{ organization: 'Rehearsing', waiting: 2, due: 1 }]);
});

it('tells alarms the same figures', async () => {
  await review({ blocking: true });
  await checkLedger();
  setProductMetrics(measureOperations);
  const { text: metrics } = await readMetrics();
  expect(metrics).toContain('humanrail_reviews_blocking 1\n');
  expect(metrics).toContain('humanrail_payouts_stuck 0\n');
  expect(metrics).toContain('humanrail_ledger_faults 0\n');
  expect(metrics).toMatch(/humanrail_ledger_checked_seconds \d{10}\n/);
  expect(metrics).toMatch(/humanrail_attention_urgent \d/);
});

it('starts a failed run again, writes down who did, and says where the engine does not', async () => {
  setEngineConsole({
    address: 'http://127.0.0.1:8288',
    work: async () => null,
    // A failed sweep is recovered by its next run.
    failedRuns: async () => [
      { id: 'r1', functionId: 'humanrail-f', error: 'no', endedAtMs: 1 },
      { id: 'r0', functionId: 'humanrail-test/sweep', error: 'no', endedAtMs: 1 },
    ],
    runAgain: async (runId) => (runId === 'r1' ? 'r2' : null),
  });
  declareSweep({ id: 'test/sweep', cron: '* * * * *' });
  expect((await getSystem(operator)).failedRuns).toMatchObject([{ id: 'r1' }]);
  expect(await runAgain(operator, { runId: 'r1' })).toEqual({ id: 'r2' });
  expect(await db.auditEntry.findFirst({ where: { subject: 'run:r1' } })).toMatchObject({
    action: 'engine.run_started_again',
    data: { as: 'r2' },
  });
  await expect(runAgain(operator, { runId: 'r9' })).rejects.toMatchObject({ status: 409 });
});

it.each<Actor>([
  { kind: 'system' },
  { kind: 'worker', userId: newId(), workerId: newId(), mode: 'live' },
  { kind: 'member', userId: newId(), organizationId: newId(), role: 'owner', mode: 'live' },
])('is for operators alone, not for $kind', async (actor) => {
  await expect(getInstance(actor)).rejects.toThrow(/operators/);
  await expect(runAgain(actor, { runId: 'r1' })).rejects.toThrow(/operators/);
});
