import { beforeAll, describe, expect, it } from 'vitest';
import { takeNextTask } from '@/server/features/routing';
import { db } from '@/server/platform/db';
import { call, send } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, workerActor } from '@/server/testing/factories';
import { longestSlice } from '@/server/testing/longest-slice';
import { listAssignments, submitAnswer } from './index';

useTestDatabase();

const BODY = {
  type: 'content_review',
  payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
  output_schema: {
    type: 'object',
    required: ['verdict'],
    properties: { verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] } },
  },
  payout_sats: 500,
  sla_seconds: 300,
};

let organization: Awaited<ReturnType<typeof createOrganization>>;
let key: string;
let liveKey: string;

beforeAll(async () => {
  organization = await createOrganization({ funds: 10_000_000 });
  key = (await createKey(organization, 'test')).text;
  liveKey = (await createKey(organization, 'live')).text;
});

const create = (over: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call('POST', '/v1/tasks', { key, body: { ...BODY, ...over }, headers });
const rows = () => Promise.all([db.task.count(), db.posting.count(), db.outboxRow.count()]);

describe('POST /v1/tasks/batch', () => {
  it('answers each item in order, and a bad one sinks no other', async () => {
    const { status, body } = await call('POST', '/v1/tasks/batch', {
      key,
      body: {
        tasks: [BODY, { ...BODY, type: 'NO' }, { ...BODY, output_schema: { type: 5 } }, BODY],
      },
    });
    expect(status).toBe(200);
    const data = body.data as { status: number; error?: { code: string } }[];
    expect(data.map((item) => item.status)).toEqual([201, 400, 422, 201]);
    expect(data[1]?.error?.code).toBe('invalid_field');
  });

  it('leaves the event loop to others, however many schemas it checks', async () => {
    const tasks = Array.from({ length: 100 }, (_, i) => ({
      ...BODY,
      output_schema: {
        type: 'object',
        properties: Object.fromEntries(
          Array.from({ length: 40 }, (_, j) => [
            `p${i}_${j}`,
            { type: 'string', maxLength: i + 1 },
          ]),
        ),
      },
    }));
    // What runs for the first time is compiled for the first time.
    await call('POST', '/v1/tasks/batch', { key, body: { tasks: tasks.slice(0, 20) } });
    const slice = await longestSlice(async () => {
      const { body } = await call('POST', '/v1/tasks/batch', { key, body: { tasks } });
      expect((body.data as { status: number }[]).every(({ status }) => status === 201)).toBe(true);
    });
    // The call itself writes and reads half a megabyte here, as a client would.
    expect(slice).toBeLessThan(100);
  });

  it('refuses answers above 1 MB, wherever they stand', async () => {
    const answer = { note: 'x'.repeat(1024 * 1024) };
    const output_schema = { type: 'object' };
    const over = [
      { sandbox: { answer } },
      { on_timeout: { action: 'default', output: answer } },
      { agent_guess: { output: answer, confidence: 0.5 } },
    ];
    const tasks = over.map((each) => ({ ...BODY, output_schema, ...each }));
    const before = await rows();
    const { body } = await call('POST', '/v1/tasks/batch', { key, body: { tasks } });
    expect(body.data).toMatchObject(
      over.map(() => ({ status: 413, error: { code: 'outputs_too_large' } })),
    );
    expect(await rows()).toEqual(before);
  });

  it('refuses a whole batch in which a number would be read as another', async () => {
    const tasks = [BODY, { ...BODY, metadata: { order: 'N' } }];
    const text = JSON.stringify({ tasks }).replace('"N"', '12345678901234567890');
    const { status, body } = await call('POST', '/v1/tasks/batch', { key, body: text });
    expect([status, body.error?.code]).toEqual([400, 'unsafe_number']);
    expect(body.error?.details).toMatchObject({ pointer: '/tasks/1/metadata/order' });
  });

  it('refuses 1,001 items', async () => {
    const tasks = Array.from({ length: 1_001 }, () => BODY);
    expect((await call('POST', '/v1/tasks/batch', { key, body: { tasks } })).status).toBe(400);
  });
});

describe('GET /v1/tasks and /v1/tasks/{id}', () => {
  it('pages through everything once, newest first', async () => {
    const other = await createOrganization({ funds: 100_000 });
    const { text } = await createKey(other, 'test');
    const made: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      const { body } = await call('POST', '/v1/tasks', {
        key: text,
        body: { ...BODY, metadata: { i } },
      });
      made.unshift(body.id);
    }
    const seen: unknown[] = [];
    let after = '';
    for (;;) {
      const { body } = await call('GET', `/v1/tasks?limit=2${after}`, { key: text });
      seen.push(...(body.data as { id: string }[]).map((task) => task.id));
      if (!body.has_more) break;
      after = `&after=${body.next_cursor}`;
    }
    expect(seen).toEqual(made);
    const filtered = await call('GET', '/v1/tasks?metadata[i]=3&status=posted', { key: text });
    expect((filtered.body.data as unknown[]).length).toBe(1);
  });

  it.each(['limit=0', 'limit=101', 'status=done', 'after=nonsense', 'colour=red'])(
    'refuses ?%s with 400',
    async (query) => {
      expect((await call('GET', `/v1/tasks?${query}`, { key })).status).toBe(400);
    },
  );

  it('answers 404 for what is absent, malformed, another mode’s or another organization’s', async () => {
    const { body } = await create();
    const foreign = await createKey(await createOrganization(), 'test');
    const asked = [
      ['/v1/tasks/0198c0de-0000-7000-8000-000000000000', key],
      ['/v1/tasks/not-an-id', key],
      [`/v1/tasks/${body.id}`, liveKey],
      [`/v1/tasks/${body.id}`, foreign.text],
    ] as const;
    for (const [path, asker] of asked) {
      const answer = await call('GET', path, { key: asker });
      expect([answer.status, answer.body.error?.code]).toEqual([404, 'not_found']);
    }
  });

  it('holds the answer for as long as asked while nothing ends, and no longer', async () => {
    const { body } = await create();
    const started = performance.now();
    const answer = await call('GET', `/v1/tasks/${body.id}?wait=1`, { key });
    expect(answer.status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(900);
  });
});

describe('POST /v1/tasks/{id}/cancel', () => {
  it('frees the hold once, and refuses a second time', async () => {
    const { body } = await create();
    const before = await call('GET', '/v1/balance', { key });
    const cancelled = await call('POST', `/v1/tasks/${body.id}/cancel`, { key });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    const after = await call('GET', '/v1/balance', { key });
    expect(Number(after.body.available_sats) - Number(before.body.available_sats)).toBe(1_100);
    const again = await call('POST', `/v1/tasks/${body.id}/cancel`, { key });
    expect([again.status, again.body.error?.code]).toEqual([409, 'task_not_cancellable']);
  });

  it('is refused once an answer is in', async () => {
    const worker = await workerActor({ mode: 'test' });
    const { body } = await create({ type: 'soon_answered' });
    for (let taken = false; !taken; ) {
      const { assignmentId } = (await takeNextTask(worker)) ?? { assignmentId: '' };
      const open = await listAssignments(worker);
      taken = open.find((each) => each.id === assignmentId)?.task.id === body.id;
      await submitAnswer(worker, { assignmentId, output: { verdict: 'genuine' } }).catch(
        () => null,
      );
    }
    const answer = await call('POST', `/v1/tasks/${body.id}/cancel`, { key });
    expect([answer.status, answer.body.error?.code]).toEqual([409, 'task_not_cancellable']);
  });
});

describe('GET /v1/tasks/{id}/events', () => {
  it('gives the timeline as JSON, and as a stream that resumes and ends', async () => {
    const { body } = await create();
    const path = `/v1/tasks/${body.id}/events`;
    await call('POST', `/v1/tasks/${body.id}/cancel`, { key });
    const json = await call('GET', path, { key });
    const types = (json.body.data as { type: string }[]).map((event) => event.type);
    expect(types).toEqual(['task.created', 'task.cancelled']);
    const headers = { accept: 'text/event-stream', 'last-event-id': '1' };
    const stream = await send('GET', path, { key, headers });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const text = await stream.text();
    expect(text).toContain('id: 2\nevent: task.cancelled\ndata: {');
    expect(text).not.toContain('task.created');
  });

  it('ends the stream within five seconds of its key being revoked or expiring', async () => {
    const { body } = await create();
    const revoked = await createKey(organization, 'test');
    const expiring = await createKey(organization, 'test', {
      expiresAt: new Date(Date.now() + 1_500),
    });
    const headers = { accept: 'text/event-stream' };
    const streams = await Promise.all(
      [revoked, expiring].map((each) =>
        send('GET', `/v1/tasks/${body.id}/events`, { key: each.text, headers }),
      ),
    );
    // In the database alone, as another process would revoke it.
    await db.apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
    const startMs = performance.now();
    const texts = await Promise.all(streams.map((stream) => stream.text()));
    expect(performance.now() - startMs).toBeLessThan(6_500);
    for (const text of texts) expect(text).toContain('event: task.created');
  }, 10_000);
});

describe('POST /v1/quotes', () => {
  it('says what it would cost, warns, and creates nothing', async () => {
    const before = await rows();
    const { status, body } = await call('POST', '/v1/quotes', {
      key,
      body: { ...BODY, risk_tier: 'high', payout_sats: 100 },
    });
    expect(status).toBe(200);
    expect(body.cost_sats).toEqual({ held: 550, payout_max: 500, fee_max: 50 });
    expect(body.expected_seconds).toEqual({ p50: null, p90: null });
    expect(await rows()).toEqual(before);
  });
});
