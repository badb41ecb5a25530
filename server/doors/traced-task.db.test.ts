import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { startAssignment, submitAnswer } from '@/server/features/tasks';
import { traceTask } from '@/server/features/traces/trace-task';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { registry } from '@/server/platform/metrics/registry';
import { call } from '@/server/testing/call';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization, workerActor } from '@/server/testing/factories';
import { type Exported, useOtlpCollector } from '@/server/testing/otlp-collector';
import { useStack } from '@/server/testing/stack';
import { useWebhookReceiver } from '@/server/testing/webhook-receiver';

const stack = useStack(useTestDatabase());
const collector = useOtlpCollector();
const receiver = useWebhookReceiver();

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const AGENT = '00f067aa0ba902b7';
const SECRET = 'A private question about Ada Lovelace';
const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];

let key: string;
let person: WorkerActor;
beforeAll(async () => {
  const organization = await createOrganization({ funds: 100_000 });
  key = (await createKey(organization, 'test')).text;
  person = await workerActor({ skills: ['tracing'] });
});

/** The worker gets the task, looks at it after a while, and answers. */
async function answer(taskId: string): Promise<void> {
  const offer = () => db.assignment.findFirst({ where: { taskId, workerId: person.workerId } });
  await expect.poll(offer, { timeout: 10_000 }).not.toBeNull();
  const assignmentId = (await offer())?.id ?? '';
  await sleep(300);
  await startAssignment(person, { assignmentId });
  await sleep(900);
  await submitAnswer(person, { assignmentId, output: { answer: SECRET } });
}

const BY_PERSON = { skills_required: ['tracing'] };
const BY_CROWD = { sandbox: { answer: { answer: SECRET }, workers: [{ accuracy: 1 }] } };

/** Creates a task like an agent within a trace, and waits until it is paid and delivered. */
async function run(path: string, headers: Record<string, string>, by: object = BY_CROWD) {
  const { status, body } = await call('POST', '/v1/tasks', {
    key,
    headers,
    body: {
      type: 'content_review',
      payload: { text: SECRET },
      callback_url: receiver.url(path),
      output_schema: { type: 'object', properties: { answer: { type: 'string' } } },
      ...by,
    },
  });
  expect(status).toBe(201);
  const taskId = String(body.id);
  if (by === BY_PERSON) await answer(taskId);
  await expect
    .poll(() => receiver.received(path).map((each) => JSON.parse(each.body).type), {
      timeout: 20_000,
    })
    .toContain('task.completed');
  await stack.settle();
  return { taskId, spans: await collector.spans() };
}

/** What the agent's own instrumentation exports for the create and for its waiting. */
async function exportAgent(startMs: number): Promise<void> {
  const ns = (ms: number) => String(BigInt(Math.round(ms)) * 1_000_000n);
  const span = {
    ...{ traceId: TRACE, spanId: AGENT, traceState: 'vendor=agent', name: 'agent asks a person' },
    ...{ kind: 3, startTimeUnixNano: ns(startMs), endTimeUnixNano: ns(Date.now()) },
    ...{ status: { code: 0 }, attributes: [] },
  };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
  await fetch(`${collector.url()}/v1/traces`, { method: 'POST', body });
}

const ofTrace = (spans: readonly Exported[], traceId: string) =>
  spans.filter((span) => span.traceId === traceId);
const named = (spans: readonly Exported[], name: string) => {
  const found = spans.filter((span) => span.name === name);
  expect(found, name).toHaveLength(1);
  return found[0] as Exported;
};

describe('a task that an agent creates within a trace', () => {
  it('begins a trace of its own where the header is malformed, and webhooks carry none', async () => {
    const { taskId, spans } = await run('/malformed', { traceparent: '00-nonsense-01' });
    const task = spans.find(
      ({ name, attributes }) => name === 'task' && attributes['humanrail.task.id'] === taskId,
    );
    expect(task?.parentSpanId ?? '').toBe('');
    expect(receiver.received('/malformed').every(({ headers }) => !headers.traceparent)).toBe(true);
  });

  it('is one connected trace from the agent’s span to the webhook, with the times it had', async () => {
    const headers = { traceparent: `00-${TRACE}-${AGENT}-01`, tracestate: 'vendor=agent' };
    const beganMs = Date.now();
    const { taskId } = await run('/told', headers, BY_PERSON);
    await exportAgent(beganMs);
    const own = ofTrace(await collector.spans(), TRACE);
    const byId = new Map(own.map((span) => [span.spanId, span]));
    expect(byId.size).toBe(own.length);
    for (const span of own) {
      const isFirst = span.spanId === AGENT;
      expect(isFirst || byId.has(String(span.parentSpanId)), span.name).toBe(true);
      expect(span.traceState).toBe('vendor=agent');
      expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    }
    const task = named(own, 'task');
    expect(named(own, 'POST /v1/tasks').parentSpanId).toBe(AGENT);
    expect(task.parentSpanId).toBe(AGENT);
    expect(task.attributes).toMatchObject({
      'humanrail.task.id': taskId,
      'humanrail.task.type': 'content_review',
      'humanrail.task.status': 'verified',
      'humanrail.mode': 'test',
    });
    const steps = ['queued', 'claimed', 'working', 'verification'].map((name) => named(own, name));
    for (const [n, step] of steps.entries()) {
      expect(step.parentSpanId).toBe(task.spanId);
      const before = steps[n - 1];
      if (before) expect(step.startTimeUnixNano).toBe(before.endTimeUnixNano);
    }
    expect(steps[0]?.startTimeUnixNano).toBe(task.startTimeUnixNano);
    const verification = named(own, 'verification');
    const stages = STAGES.map((stage) => named(own, `stage ${stage}`));
    expect(new Set(stages.map(({ parentSpanId }) => parentSpanId))).toEqual(
      new Set([verification.spanId]),
    );
    const begins = stages.map(({ startTimeUnixNano }) => BigInt(startTimeUnixNano));
    expect(begins).toEqual(begins.toSorted((a, b) => Number(a - b)));
    expect(named(own, 'paid')).toMatchObject({
      parentSpanId: task.spanId,
      attributes: { 'humanrail.payout.rail': 'sandbox' },
    });
    const webhook = named(own, 'webhook task.verified');
    expect(webhook.parentSpanId).toBe(task.spanId);
    const told = receiver.received('/told').find(({ body }) => body.includes('"task.verified"'));
    expect(told?.headers).toMatchObject({
      traceparent: `00-${TRACE}-${webhook.spanId}-01`,
      tracestate: 'vendor=agent',
    });
    expect(own.find((span) => span.parentSpanId === webhook.spanId)).toMatchObject({
      name: 'POST',
      attributes: { 'http.response.status_code': 200 },
    });
    if (process.env.TRACE_FILE) writeFileSync(process.env.TRACE_FILE, JSON.stringify(own));
  });

  it('tells the collector nothing of what was asked and answered, or who did', async () => {
    const text = JSON.stringify(await collector.spans());
    expect(text).toContain('humanrail.task.id');
    expect(text).not.toContain('Lovelace');
    for (const { id, userId } of await db.worker.findMany()) {
      expect([text.includes(id), text.includes(String(userId))]).toEqual([false, false]);
    }
  });

  it('is the same spans where it is told of again, as after a crash', async () => {
    const { id } = await db.task.findFirstOrThrow({ where: { traceparent: { contains: TRACE } } });
    const before = ofTrace(await collector.spans(), TRACE);
    const known = new Map(before.map((span) => [span.spanId, span]));
    expect(await traceTask(id)).toBe(true);
    const again = (await collector.spans()).filter(({ traceId }) => traceId === TRACE);
    const repeated = again.slice(before.length);
    expect(repeated.map(({ name }) => name)).toContain('task');
    for (const span of repeated) expect(span).toEqual(known.get(span.spanId));
  });

  it('is not exported where the caller does not record the trace, which the webhook hands on all the same', async () => {
    const other = TRACE.replace('4bf9', 'aaaa');
    const { spans } = await run('/unsampled', { traceparent: `00-${other}-${AGENT}-00` });
    expect(ofTrace(spans, other)).toEqual([]);
    for (const { headers } of receiver.received('/unsampled')) {
      expect(headers.traceparent).toMatch(new RegExp(`^00-${other}-[0-9a-f]{16}-00$`));
    }
  });

  it('ends as it does while the collector is away; what was lost is counted', async () => {
    collector.answer(500);
    try {
      const { taskId } = await run('/away', { traceparent: `00-${TRACE}-${AGENT}-01` });
      expect(await db.task.findUnique({ where: { id: taskId } })).toMatchObject({
        status: 'verified',
      });
    } finally {
      collector.answer(200);
    }
    const lost = /humanrail_spans_lost_total (\d+)/.exec(await registry().metrics())?.[1];
    expect(Number(lost)).toBeGreaterThan(0);
  });
});
