import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '@/server/platform/actor';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { readMetrics } from '@/server/platform/metrics';
import { createRelay, enqueue } from '@/server/platform/outbox';
import { useTestDatabase } from '@/server/testing/database';
import { getOverview } from './get-overview';
import { getSystem } from './get-system';
import { sendAgain } from './send-again';

useTestDatabase();

const operator: Actor = { kind: 'operator', userId: newId(), mode: 'live' };
const others: Actor[] = [
  { kind: 'system' },
  { kind: 'worker', userId: newId(), workerId: newId(), mode: 'live' } as Actor,
  {
    kind: 'member',
    userId: newId(),
    organizationId: newId(),
    role: 'owner',
    mode: 'live',
  } as Actor,
];

afterEach(async () => {
  await db.outboxRow.deleteMany();
});

/** Two outbox events that failed often, one that failed once, and a new one. */
async function fail(): Promise<void> {
  const keys = ['often-1', 'often-2', 'once', 'new'];
  await transaction((tx) =>
    enqueue(
      tx,
      keys.map((key) => ({ topic: 'task.created', key, data: {} })),
    ),
  );
  const availableAt = new Date(Date.now() + 3_600_000);
  const lastError = 'The engine answered 400: event is too large';
  await db.outboxRow.updateMany({
    where: { key: { startsWith: 'often' } },
    data: { attempts: 7, lastError, availableAt },
  });
  await db.outboxRow.updateMany({ where: { key: 'once' }, data: { attempts: 1, availableAt } });
}

describe('facts that keep failing', () => {
  it('are shown with why, how often and when next, and counted in the metrics', async () => {
    await fail();
    const { failing, outbox, engine } = await getSystem(operator);
    expect(failing.map(({ key }) => key)).toEqual(['often-1', 'often-2']);
    expect(failing[0]).toMatchObject({
      topic: 'task.created',
      attempts: 7,
      lastError: 'The engine answered 400: event is too large',
      nextTryAt: expect.any(Date),
    });
    expect(outbox).toMatchObject({ due: 1, failing: 2 });
    expect(engine).toMatchObject({ ok: false, state: 'registering' });
    expect(await getOverview(operator)).toMatchObject({
      applications: 0,
      reviews: 0,
      outbox: { due: 1, failing: 2 },
    });
    const { text: metrics } = await readMetrics();
    expect(metrics).toContain('humanrail_outbox_due 1\n');
    expect(metrics).toContain('humanrail_outbox_failing 2\n');
    expect(metrics).toMatch(/humanrail_outbox_oldest_seconds \d/);
    expect(metrics).toContain('humanrail_engine_registered 0\n');
  });

  it.each([
    ['one', true, ['often-1']],
    ['all', false, ['often-1', 'often-2']],
  ])('are told again at once, %s of them, and the audit log says who did', async (_, one, told) => {
    await fail();
    const row = await db.outboxRow.findFirstOrThrow({ where: { key: 'often-1' } });
    expect(await sendAgain(operator, { id: one ? row.id : null })).toEqual({ count: told.length });
    const published: string[] = [];
    const relay = createRelay({
      subscribers: {
        '*': [async (rows) => rows.map(({ key }) => ({ id: key, name: 'x', data: {} }))],
      },
      publish: async (events) => {
        published.push(...events.map(({ id }) => id));
        return events;
      },
    });
    await relay.drain();
    expect(published.sort()).toEqual(['new', ...told].sort());
    const entry = await db.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(entry).toMatchObject({
      action: 'outbox.sent_again',
      subject: one ? `outbox:${row.id}` : 'outbox',
      actor: expect.stringContaining('operator'),
    });
  });

  it('that were told in the meantime are none to send', async () => {
    expect(await sendAgain(operator, { id: newId() })).toEqual({ count: 0 });
  });
});

it.each(others)('is for operators alone, not for $kind', async (actor) => {
  await fail();
  await expect(getSystem(actor)).rejects.toThrow(/operators/);
  await expect(getOverview(actor)).rejects.toThrow(/operators/);
  await expect(sendAgain(actor, { id: null })).rejects.toThrow(/operators/);
  expect(await db.outboxRow.count({ where: { attempts: 7 } })).toBe(2);
});
