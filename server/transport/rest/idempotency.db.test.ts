import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { useTestDatabase } from '@/server/testing/database';
import { createTestClock } from '@/server/testing/test-clock';
import { createDoor } from './door';
import { json, limiter, send } from './fixtures/widgets';
import { claimInPostgres, deleteExpiredAnswers } from './idempotency';
import { type KeyActor, operation } from './operation';

useTestDatabase();

const clock = createTestClock();
let restoreClock: () => void;
beforeEach(() => {
  restoreClock = useClock(clock);
});
afterEach(() => restoreClock());

function actorOf(organizationId: string, mode: 'live' | 'test' = 'test'): KeyActor {
  return {
    kind: 'key',
    organizationId,
    mode,
    keyId: newId(),
    scopes: ['webhooks:write'],
  };
}

/** An endpoint that counts its runs and returns a secret; `run` may be slow or fail. */
function endpoint(run: (count: number) => Promise<void> = async () => undefined) {
  const counter = { runs: 0 };
  const createEndpoint = operation({
    id: 'endpoints.create',
    method: 'POST',
    path: '/v1/endpoints',
    summary: 'Create an endpoint',
    tag: 'Webhooks',
    body: z.object({ url: z.string() }),
    responses: {
      201: {
        description: 'The endpoint.',
        schema: z.object({ url: z.string(), secret: z.string(), run: z.number() }),
      },
    },
    errors: [],
    idempotency: 'stored',
    handler: async ({ body }) => {
      counter.runs += 1;
      const count = counter.runs;
      await run(count);
      return {
        status: 201,
        body: { url: body.url, secret: 'whsec_plain', run: count },
        headers: { Location: '/v1/endpoints/1' },
      };
    },
  });
  return { createEndpoint, counter };
}

function post(
  { createEndpoint }: ReturnType<typeof endpoint>,
  input: { actor: KeyActor; key?: string; url?: string },
) {
  const door = createDoor({ authenticate: async () => input.actor, consume: limiter() });
  return send(
    [createEndpoint],
    {
      path: '/v1/endpoints',
      body: json({ url: input.url ?? 'https://example.com' }),
      headers: input.key ? { 'idempotency-key': input.key } : {},
    },
    door,
  );
}

describe('a stored answer', () => {
  it('is given again for the same key and body, with its headers', async () => {
    const target = endpoint();
    const actor = actorOf(newId());
    const first = await post(target, { actor, key: 'k' });
    const again = await post(target, { actor, key: 'k' });
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(first.response.headers.has('idempotent-replayed')).toBe(false);
    expect(again.response.headers.get('idempotent-replayed')).toBe('true');
    expect(again.response.headers.get('location')).toBe('/v1/endpoints/1');
    expect(target.counter.runs).toBe(1);
  });

  it('is encrypted at rest', async () => {
    await post(endpoint(), { actor: actorOf(newId()), key: 'sealed' });
    const row = await db.idempotencyRecord.findFirstOrThrow({ where: { key: 'sealed' } });
    expect(JSON.stringify(row)).not.toContain('whsec_plain');
    expect(row).toMatchObject({ state: 'done', status: 201 });
  });

  it('is refused to another body: 409 idempotency_mismatch', async () => {
    const target = endpoint();
    const actor = actorOf(newId());
    await post(target, { actor, key: 'k' });
    const other = await post(target, { actor, key: 'k', url: 'https://example.org' });
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency_mismatch']);
    expect(target.counter.runs).toBe(1);
  });

  it('belongs to one organization and one mode', async () => {
    const target = endpoint();
    const organizationId = newId();
    await post(target, { actor: actorOf(organizationId), key: 'k' });
    await post(target, { actor: actorOf(organizationId, 'live'), key: 'k' });
    await post(target, { actor: actorOf(newId()), key: 'k' });
    await post(target, { actor: actorOf(organizationId) });
    expect(target.counter.runs).toBe(4);
  });

  it('is forgotten after 24 hours', async () => {
    const target = endpoint();
    const actor = actorOf(newId());
    await post(target, { actor, key: 'k' });
    clock.advanceMs(24 * 3_600_000);
    expect((await post(target, { actor, key: 'k' })).body.run).toBe(2);
    clock.advanceMs(24 * 3_600_000);
    expect(await deleteExpiredAnswers()).toBeGreaterThan(0);
    expect(await db.idempotencyRecord.count()).toBe(0);
  });

  it('is not kept of a failure: a retry runs again', async () => {
    const target = endpoint(async (count) => {
      if (count === 1) throw new Error('out of luck');
    });
    const actor = actorOf(newId());
    expect((await post(target, { actor, key: 'k' })).status).toBe(500);
    expect((await post(target, { actor, key: 'k' })).body.run).toBe(2);
  });
});

describe('at the same time', () => {
  it('twenty requests run once and get twenty equal answers', async () => {
    const target = endpoint(() => new Promise((resolve) => setTimeout(resolve, 100)));
    const actor = actorOf(newId());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(target, { actor, key: 'k' })),
    );
    expect(target.counter.runs).toBe(1);
    expect(new Set(answers.map(({ status, body }) => json([status, body]))).size).toBe(1);
    const replayed = answers.filter((a) => a.response.headers.has('idempotent-replayed'));
    expect(replayed).toHaveLength(19);
  });

  it('a request that waits too long gets 409 with Retry-After: 1', async () => {
    const actor = actorOf(newId());
    const running = await claimInPostgres(actor, 'slow', 'hash');
    expect(running.kind).toBe('run');
    const start = performance.now();
    await expect(claimInPostgres(actor, 'slow', 'hash')).rejects.toMatchObject({
      status: 409,
      code: 'idempotency_in_flight',
      headers: { 'Retry-After': '1' },
    });
    expect(performance.now() - start).toBeGreaterThan(4_000);
  });

  it('a runner that died is succeeded after a minute, and cannot write any more', async () => {
    const actor = actorOf(newId());
    const dead = await claimInPostgres(actor, 'dead', 'hash');
    clock.advanceMs(60_000);
    const next = await claimInPostgres(actor, 'dead', 'hash');
    expect(next.kind).toBe('run');
    const answer = (body: string) => ({ status: 201, body, headers: {} });
    if (next.kind === 'run') await next.keep(answer('"second"'));
    if (dead.kind === 'run') {
      await dead.keep(answer('"first"'));
      await dead.release();
    }
    expect(await claimInPostgres(actor, 'dead', 'hash')).toMatchObject({
      kind: 'replay',
      answer: { status: 201, body: '"second"' },
    });
  });
});
