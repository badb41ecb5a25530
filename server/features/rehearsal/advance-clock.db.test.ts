/** The test clock, through the API only. */
import { afterAll, describe, expect, it } from 'vitest';
import { subscribers } from '@/server/jobs';
import { db } from '@/server/platform/db';
import { createRelay, type OutgoingEvent } from '@/server/platform/outbox';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { meetDeadlines } from '../tasks';
import type { Task } from '../tasks/schema';
import type { AdvancedTestClock } from './schema';

useTestDatabase();
const receiver = useWebhookReceiver();
afterAll(async () => expect(await brokenInvariants()).toEqual([]));

const DAY = 86_400;
const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] } },
};
const YES = { verdict: 'yes' };
const THREE = { min_votes: 3, max_votes: 3 };

async function customer() {
  const organization = await createOrganization({ funds: 10_000_000 });
  const { text: key } = await createKey(organization, 'test');
  const api = async <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) => {
    const answer = await call(method, path, { key, body });
    expect(answer.body.error, `${method} ${path}`).toBeUndefined();
    return answer.body as unknown as T;
  };
  return {
    organization,
    key,
    api,
    advance: async (seconds: number) => {
      const happened: AdvancedTestClock['happened'] = [];
      // On a slow machine one request may not get to the end.
      for (let left = seconds; ; ) {
        const part = await api<AdvancedTestClock>('POST', '/v1/test/clock/advance', {
          seconds: left,
        });
        happened.push(...part.happened);
        if (part.done) return { ...part, happened };
        left = part.remaining_seconds;
      }
    },
    ask: async (n: number, over: object = {}) => {
      const task = await api<Task>('POST', '/v1/tasks', {
        type: 'rehearsed',
        payload: { n },
        output_schema: SCHEMA,
        payout_sats: 10,
        sla_seconds: DAY,
        ...over,
      });
      return task.id;
    },
    get: (id: string) => api<Task>('GET', `/v1/tasks/${id}`),
  };
}

const typesOf = ({ happened }: Pick<AdvancedTestClock, 'happened'>) =>
  happened.map(({ type }) => type);

describe('a test clock', () => {
  it('does what falls due, in order, and nothing by itself', async () => {
    const { advance, ask, get } = await customer();
    expect(await advance(0)).toMatchObject({ advanced_seconds: 0, happened: [] });
    const id = await ask(1, {
      redundancy: THREE,
      sandbox: { answer: YES, workers: [{ delay: 60 }, { delay: 5 }, {}] },
    });
    expect(await get(id)).toMatchObject({ status: 'posted' });
    const soon = await advance(30);
    expect(await get(id)).toMatchObject({ status: 'assigned' });
    expect(soon.next_due_at).not.toBeNull();
    const later = await advance(60);
    const task = await get(id);
    expect(task).toMatchObject({ status: 'verified', output: YES, votes_used: 3 });
    expect(task.payouts.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
    expect(Date.parse(task.completed_at ?? '') - Date.parse(task.created_at)).toBe(60_000);
    expect(typesOf(later)).toEqual(['task.submitted', 'task.verified', 'task.completed']);
  });

  it('lets windows lapse, calls the backup, and expires with the default that was asked for', async () => {
    const { advance, ask, get } = await customer();
    await advance(0);
    const silent = { behaviour: 'silent' };
    const ended = await ask(1, {
      sla_seconds: 100,
      on_timeout: { action: 'default', output: { verdict: 'no' } },
      sandbox: { workers: [silent] },
    });
    const saved = await ask(2, {
      sla_seconds: 1_000,
      sandbox: { answer: YES, workers: [{ delay: 990 }, { delay: 30 }] },
    });
    const { happened } = await advance(DAY);
    const told = (id: string) => happened.filter((each) => each.task_id === id);
    expect(told(ended).map(({ type }) => type)).toContain('task.requeued');
    expect(told(ended).at(-1)?.type).toBe('task.expired');
    expect(await get(ended)).toMatchObject({
      status: 'expired',
      failure_reason: { code: 'sla_expired_default_used' },
    });
    // The backup, called at 80 % of the SLA, was faster than the first worker.
    expect(told(saved).map(({ type }) => type)).toContain('assignment.joined');
    const task = await get(saved);
    const seconds = (Date.parse(task.completed_at ?? '') - Date.parse(task.created_at)) / 1_000;
    expect([task.status, Math.round(seconds)]).toEqual(['verified', 830]);
  });

  it('tries a webhook again after its delays', async () => {
    const { api, advance, ask } = await customer();
    await advance(0);
    await api('POST', '/v1/webhooks', { url: receiver.url('/twice'), events: ['task.verified'] });
    receiver.answer('/twice', { status: 500 });
    const id = await ask(1, { sandbox: { answer: YES, workers: [{}] } });
    const first = await advance(10);
    expect(first.happened.filter(({ type }) => type === 'webhook.attempt')).toMatchObject([
      { task_id: id, event_type: 'task.verified', attempt: 1, status_code: 500 },
      { attempt: 2, status_code: 500 },
    ]);
    receiver.answer('/twice', { status: 200 });
    const { happened } = await advance(300);
    expect(happened).toMatchObject([{ type: 'webhook.attempt', attempt: 3, status_code: 200 }]);
    expect(receiver.received('/twice')).toHaveLength(3);
  });

  it('comes to the same when all is rehearsed again', async () => {
    const { api, advance, ask } = await customer();
    // Audits that nobody decided stay open from one run to the next.
    await api('PUT', '/v1/task_types/rehearsed', { policy: { qa: { sampleRate: 1 } } });
    const run = async () => {
      await advance(0);
      const ids: string[] = [];
      for (let n = 0; n < 8; n++) {
        ids.push(
          await ask(n, {
            redundancy: { min_votes: 1, max_votes: 3, target_confidence: 0.9 },
            risk_tier: n % 4 === 0 ? 'critical' : 'medium',
            sandbox: { workers: [{ accuracy: 0.8 }, { accuracy: 0.6 }, { delay: 40 }], seed: 'a' },
          }),
        );
      }
      const { happened } = await advance(DAY);
      const outcomes = [];
      for (const id of ids) {
        const { output, confidence, status, votes_used } = await api<Task>(
          'GET',
          `/v1/tasks/${id}`,
        );
        const events = happened.filter((each) => each.task_id === id).map(({ type }) => type);
        outcomes.push({ output, confidence, status, votes_used, events });
      }
      expect(await api('DELETE', '/v1/test/clock')).toMatchObject({ stopped: false });
      return outcomes;
    };
    const first = await run();
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set(['verified']));
    expect(await run()).toEqual(first);
  });

  it('learns nothing from the rehearsal before', async () => {
    const { api, advance, ask } = await customer();
    const properties = { verdict: { enum: ['yes', 'no', 'unsure'] }, why: { type: 'string' } };
    const why = 'The label on the back names a maker that has never sold this kind of battery.';
    const run = async () => {
      await advance(0);
      const ids: string[] = [];
      for (let n = 0; n < 8; n++) {
        // By now the earlier tasks have established the type's typical times and texts.
        await advance(3_600);
        const workers = [{ accuracy: 0.4 }, { accuracy: 0.4 }, { accuracy: 0.4 }];
        const sandbox = { answer: { verdict: 'yes', why }, workers };
        const output_schema = { type: 'object', required: ['verdict', 'why'], properties };
        ids.push(await ask(n, { output_schema, redundancy: THREE, sandbox }));
      }
      await advance(DAY);
      const outcomes = [];
      for (const id of ids) {
        const { output, confidence, dissent, verification } = await api<Task>(
          'GET',
          `/v1/tasks/${id}`,
        );
        outcomes.push({ output, confidence, dissent, verification });
      }
      await api('DELETE', '/v1/test/clock');
      return outcomes;
    };
    const first = await run();
    expect(await run()).toEqual(first);
  });

  it('leaves other organizations and the wall clock’s timers alone', async () => {
    const [mine, theirs] = [await customer(), await customer()];
    const other = await theirs.ask(1, { sla_seconds: 30, sandbox: { workers: [{}] } });
    const own = await mine.ask(1, { sla_seconds: 30, sandbox: { workers: [{ delay: 20 }] } });
    await mine.advance(0);
    const expiresAt = new Date(Date.now() - 1_000);
    await db.task.updateMany({
      where: { id: { in: [own, other] } },
      data: { expiresAt, wakesAt: expiresAt },
    });
    expect(await meetDeadlines(), 'ends the one that time passes for').toMatchObject({ done: 1 });
    expect(await theirs.get(other)).toMatchObject({ status: 'expired' });
    expect(await mine.get(own)).toMatchObject({ status: 'assigned' });
    await mine.advance(DAY);
    expect(await mine.get(own)).toMatchObject({ status: 'expired' });
    const { body } = await call('GET', '/v1/test/clock', { key: theirs.key });
    expect(body).toMatchObject({ stopped: false });
  });

  it('goes on where a request was cut off', async () => {
    const { organization, advance, ask, get } = await customer();
    await advance(0);
    const id = await ask(1, { redundancy: THREE, sandbox: { answer: YES, workers: [{}] } });
    await advance(0);
    // The state after a killed process: the clock is leased, and its running jobs are gone.
    const where = { organizationId: organization.id };
    await db.testClockJob.deleteMany({ where });
    await db.testClock.update({
      where,
      data: { lockId: id, lockedUntil: new Date(Date.now() - 1) },
    });
    await advance(DAY);
    expect(await get(id)).toMatchObject({ status: 'verified', votes_used: 3 });
  });

  it('gives what waits back to the engine when it is reset', async () => {
    const { api, advance, ask, get } = await customer();
    await advance(0);
    const id = await ask(1, { sandbox: { answer: YES, workers: [{ delay: 3_600 }] } });
    const { now } = await advance(0);
    await api('DELETE', '/v1/test/clock');
    const published: OutgoingEvent[] = [];
    const publish = async (events: OutgoingEvent[]) => {
      published.push(...events);
      return events;
    };
    await createRelay({ subscribers, publish }).drain();
    const assignment = await db.assignment.findFirstOrThrow({ where: { taskId: id } });
    const dueAfter = (name: string) =>
      published
        .filter(({ data }) => data.taskId === id || data.assignmentId === assignment.id)
        .filter((each) => each.name === name)
        .map(({ ts = 0 }) => ts - Date.parse(now));
    expect(dueAfter('sandbox/answer')).toEqual([3_600_000]);
    expect(dueAfter('task/deadline')).toEqual([DAY * 800]);
    expect(await get(id)).toMatchObject({ status: 'assigned' });
  });

  it('is moved by one request at a time, by test keys, within bounds', async () => {
    const { organization, key, advance } = await customer();
    await advance(0);
    const where = { organizationId: organization.id };
    const lockedUntil = new Date(Date.now() + 60_000);
    await db.testClock.update({ where, data: { lockId: organization.id, lockedUntil } });
    const busy = await call('POST', '/v1/test/clock/advance', { key, body: { seconds: 1 } });
    expect([busy.status, busy.body.error?.code]).toEqual([409, 'test_clock_in_use']);
    expect(busy.headers.get('retry-after')).toBe('1');
    for (const seconds of [-1, 0.5, 2_592_001, '1']) {
      const answer = await call('POST', '/v1/test/clock/advance', { key, body: { seconds } });
      expect([answer.status, answer.body.error?.param]).toEqual([400, 'seconds']);
    }
    const { text: live } = await createKey(organization, 'live');
    for (const method of ['GET', 'DELETE'] as const) {
      const answer = await call(method, '/v1/test/clock', { key: live });
      expect([answer.status, answer.body.error?.code]).toEqual([403, 'test_mode_only']);
    }
  });
});
