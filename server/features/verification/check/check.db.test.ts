import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCallbackSecrets } from '@/server/features/organizations';
import { claimTask } from '@/server/features/routing';
import { putTaskType } from '@/server/features/task-types';
import { CreateTask, createTask, getTask, submitAnswer } from '@/server/features/tasks';
import type { OrganizationActor, WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { isSignedBy } from '@/server/platform/sign-event';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, memberActor, workerActor } from '@/server/testing/factories';
import { brokenInvariants } from '@/server/testing/invariants';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';
import { decideReview } from '../../reviews';
import { judgeTask } from '../index';
import { askCheck } from './ask-check';
import { testCheck } from './test-check';

useTestDatabase();
const receiver = useWebhookReceiver();

const SCHEMA = {
  type: 'object',
  required: ['verdict'],
  properties: { verdict: { enum: ['yes', 'no'] } },
};

let customer: OrganizationActor;
let worker: WorkerActor;

beforeAll(async () => {
  customer = await memberActor(await createOrganization(), 'test', 'developer');
  worker = await workerActor({ capacity: 100 });
});

const verdict = (body: unknown) => ({ status: 200, body: JSON.stringify(body) });

/** A task of a type with this check URL, with an answer that waits. */
async function answered(name: string, url = receiver.url(`/${name}`)): Promise<string> {
  const type = `checked_${name}`;
  await putTaskType(customer, type, { output_schema: SCHEMA, check_url: url, payout_sats: 10 });
  const { task } = await createTask(customer, CreateTask.parse({ type, payload: { name } }));
  const { assignmentId } = await claimTask(worker, { taskId: task.id });
  const startedAt = new Date(clock.nowMs() - 20_000);
  await db.assignment.update({ where: { id: assignmentId }, data: { startedAt } });
  await submitAnswer(worker, { assignmentId, output: { verdict: 'yes' } });
  return task.id;
}

const rulesOf = async (id: string) =>
  (await getTask(customer, id)).verification.find(({ stage }) => stage === 'rules');

describe('a check URL', () => {
  it('that passes an answer is asked once, with the task and the answer, signed', async () => {
    receiver.answer('/passes', verdict({ verdict: 'pass' }));
    const id = await answered('passes');
    expect(await judgeTask(id)).toBe('verified');
    expect(await judgeTask(id)).toBeNull();
    const [request, ...more] = receiver.received('/passes');
    expect(more).toEqual([]);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      task: { id, object: 'task', status: 'submitted', payload: { name: 'passes' } },
      output: { verdict: 'yes' },
    });
    const { secret } = await getCallbackSecrets(customer.organizationId);
    const header = (name: string) => String(request?.headers[name]);
    expect(header('x-humanrail-signature')).toMatch(/^t=\d+,v1=[0-9a-f]{64}$/);
    const signed = {
      eventId: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      body: request?.body ?? '',
      signatures: header('webhook-signature'),
    };
    expect(isSignedBy([secret], signed)).toBe(true);
    expect(request?.body).not.toContain(worker.workerId);
    expect(await rulesOf(id)).toMatchObject({ verdict: 'pass', score: 1 });
    expect(await brokenInvariants()).toEqual([]);
  });

  it('rejects an answer with words that its worker reads', async () => {
    const message = `The invoice has no date.\u0007 ${'x'.repeat(600)}`;
    receiver.answer('/rejects', verdict({ verdict: 'reject', message }));
    const id = await answered('rejects');
    expect(await judgeTask(id)).toBe('rejected');
    const answer = await db.answer.findFirstOrThrow({ where: { taskId: id } });
    expect(answer.rejectionCode).toBe('check_rejected');
    expect(answer.rejectionMessage).toMatch(/^The invoice has no date\. {2}x+$/);
    expect(answer.rejectionMessage).toHaveLength(500);
  });

  it('has a reviewer look, whose word then counts and is not checked again', async () => {
    receiver.answer('/reviews', verdict({ verdict: 'review', message: 'Hard to say.' }));
    const id = await answered('reviews');
    expect(await judgeTask(id)).toBe('need_review');
    const review = await db.review.findFirstOrThrow({ where: { taskId: id, blocking: true } });
    expect(review.reason).toBe('check_review');
    await decideReview({ kind: 'system' }, { reviewId: review.id, decision: 'accept' });
    expect(await judgeTask(id)).toBe('verified');
    expect(receiver.received('/reviews')).toHaveLength(1);
  });

  const LIES: [string, { status: number; headers?: Record<string, string>; body?: string }][] = [
    ['no JSON', { status: 200, body: '<html>ok</html>' }],
    ['an unknown verdict', verdict({ verdict: 'perfect' })],
    ['a list', verdict(['pass'])],
    ['a huge body', verdict({ verdict: 'pass', message: 'x'.repeat(100_000) })],
    ['a redirect', { status: 302, headers: { location: '/passes' }, body: '{"verdict":"pass"}' }],
    ['a failure', { status: 500, body: '{"verdict":"pass"}' }],
  ];
  it.each(LIES)(
    'that answers %s is tried three times, then a reviewer looks',
    async (lie, answer) => {
      const name = lie.replaceAll(' ', '_').toLowerCase();
      receiver.answer(`/${name}`, answer);
      const id = await answered(name);
      expect(await judgeTask(id)).toBe('checking');
      expect(await judgeTask(id)).toBe('checking');
      expect(await judgeTask(id)).toBe('need_review');
      expect(receiver.received(`/${name}`)).toHaveLength(3);
      expect(await rulesOf(id)).toMatchObject({
        verdict: 'need_review',
        reason: 'check_unreachable',
      });
    },
  );

  it('that comes to itself is heard at the next try', async () => {
    receiver.answer('/flaky', { status: 503 });
    const id = await answered('flaky');
    expect(await judgeTask(id)).toBe('checking');
    receiver.answer('/flaky', verdict({ verdict: 'pass', message: null }));
    expect(await judgeTask(id)).toBe('verified');
    const { checked } = await db.answer.findFirstOrThrow({ where: { taskId: id } });
    expect(checked).toMatchObject({ tries: 2, verdict: 'pass' });
  });

  it('is asked by one of many who judge at once', async () => {
    receiver.answer('/raced', verdict({ verdict: 'pass' }));
    const id = await answered('raced');
    await Promise.all(Array.from({ length: 5 }, () => judgeTask(id)));
    expect(receiver.received('/raced')).toHaveLength(1);
  });

  it('that nobody listens at, or that may not be called, is unreachable', async () => {
    const id = await answered('dead', 'http://127.0.0.1:9/');
    for (const outcome of ['checking', 'checking', 'need_review']) {
      expect(await judgeTask(id)).toBe(outcome);
    }
    env.WEBHOOKS_ALLOW_PRIVATE = false;
    const forbidden = putTaskType(customer, 'x', { check_url: receiver.url('/passes') });
    await expect(forbidden).rejects.toMatchObject({ status: 400 });
    const asked = askOnce(receiver.url('/passes'));
    await expect(asked).resolves.toMatchObject({ answer: null, statusCode: null });
    env.WEBHOOKS_ALLOW_PRIVATE = true;
  });
});

const askOnce = (url: string, timeoutMs?: number) =>
  askCheck({
    url,
    organizationId: customer.organizationId,
    mode: 'test',
    id: 'chk_1',
    body: { task: {}, output: {} },
    ...(timeoutMs ? { timeoutMs } : {}),
  });

describe('a receiver that hangs', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      // Headers and half of a verdict, or no response at all.
      if (request.url === '/half') response.writeHead(200).write('{"verdict": "pa');
      if (request.url === '/cut') response.socket?.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.closeAllConnections());

  it.each(['/silent', '/half', '/cut'])('%s is given up in time', async (path) => {
    const { port } = server.address() as AddressInfo;
    const { answer, error } = await askOnce(`http://127.0.0.1:${port}${path}`, 200);
    expect(answer).toBeNull();
    expect(error).toBeTruthy();
  });
});

describe('the test of a check URL', () => {
  it('says what it answered, and is for those who may save the type', async () => {
    receiver.answer('/tested', verdict({ verdict: 'reject', message: 'Made up.' }));
    const url = receiver.url('/tested');
    expect(await testCheck(customer, { type: 'x', url })).toMatchObject({
      verdict: 'reject',
      message: 'Made up.',
      error: null,
      statusCode: 200,
    });
    expect(JSON.parse(receiver.received('/tested')[0]?.body ?? '')).toMatchObject({
      task: { type: 'x', status: 'submitted', output: null },
    });
    const viewer = await memberActor({ id: customer.organizationId }, 'test', 'viewer');
    await expect(testCheck(viewer, { type: 'x', url })).rejects.toMatchObject({ status: 403 });
    const inside = { type: 'x', url: 'http://10.0.0.1/' };
    env.WEBHOOKS_ALLOW_PRIVATE = false;
    await expect(testCheck(customer, inside)).rejects.toMatchObject({ status: 400 });
    env.WEBHOOKS_ALLOW_PRIVATE = true;
  });
});
