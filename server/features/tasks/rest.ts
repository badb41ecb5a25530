import { z } from 'zod';
import { whole } from '@/server/platform/answer-fields';
import { InvalidRequest } from '@/server/platform/errors';
import { wholeNumber } from '@/server/platform/query-fields';
import { callerTrace } from '@/server/platform/tracing';
import { takeTurns } from '@/server/platform/turns';
import { liveHub } from '@/server/transport/live';
import {
  checkJson,
  decodeCursor,
  encodeCursor,
  errorBody,
  listOf,
  operation,
} from '@/server/transport/rest';
import { cancelTask } from './cancel-task';
import { createTask } from './create-task';
import { createTasks } from './create-tasks';
import { EXAMPLES } from './examples';
import { getTask, listTaskEvents, listTasks } from './queries';
import { CreateTask, ListTasksQuery, Task, TaskTimelineEvent } from './schema';
import { type ChangeSource, followTaskEvents, waitForTask } from './watch-task';

const TaskParams = z.object({ id: z.string().describe('The task’s id.') });
const NOT_FOUND = { status: 404, code: 'not_found' } as const;

/** Errors of a create, in addition to those of every operation. */
const CREATE_ERRORS = [
  { status: 402, code: 'insufficient_funds' },
  { status: 403, code: 'spend_cap_reached' },
  { status: 409, code: 'idempotency_mismatch' },
  { status: 422, code: 'invalid_output_schema' },
  { status: 413, code: 'outputs_too_large' },
  { status: 422, code: 'unknown_skill' },
  { status: 422, code: 'no_eligible_worker' },
  { status: 422, code: 'payout_below_floor' },
] as const;

export const createTaskOperation = operation({
  id: 'tasks.create',
  method: 'POST',
  path: '/v1/tasks',
  scope: 'tasks:write',
  summary: 'Create a task',
  description:
    'Asks a person. The task’s maximum cost is held at once; it is routed to a worker within seconds.',
  tag: 'Tasks',
  body: CreateTask,
  responses: {
    201: { description: 'The created task.', schema: Task },
    200: { description: 'The task already created with this idempotency key.', schema: Task },
  },
  errors: CREATE_ERRORS,
  idempotency: 'handler',
  example: EXAMPLES.create,
  handler: async ({ actor, body, headers, idempotencyKey }) => {
    const trace = callerTrace(headers);
    const { task, replayed } = await createTask(actor, body, { idempotencyKey, trace });
    if (replayed) return { status: 200, body: task, headers: { 'Idempotent-Replayed': 'true' } };
    return { status: 201, body: task };
  },
});

const BatchItem = z
  .union([
    z
      .object({ status: whole.describe('201, or 200 on a replay.'), task: Task })
      .meta({ id: 'BatchTask', description: 'A batch item that was created.' }),
    z
      .object({
        status: whole.describe('The HTTP status of the equivalent single create.'),
        error: z
          .object({
            type: z.string(),
            code: z.string().describe('Stable; for programs.'),
            message: z.string().describe('For people; may change.'),
            param: z.string().optional().describe('The first invalid field, as a dotted path.'),
            details: z.unknown().optional().describe('Every fault, or facts to act on.'),
            doc_url: z.string(),
          })
          .meta({ title: 'BatchError', description: 'Why an item was rejected.' }),
      })
      .meta({ id: 'BatchFailure', description: 'A batch item that was rejected.' }),
  ])
  .meta({ title: 'BatchResult', description: 'The result of one item.' });

export const createTasksOperation = operation({
  id: 'tasks.create_batch',
  method: 'POST',
  path: '/v1/tasks/batch',
  scope: 'tasks:write',
  summary: 'Create up to 1,000 tasks',
  description:
    'Returns one result per item, in order. A failing item does not affect the others. Give each item its own idempotency_key.',
  tag: 'Tasks',
  body: z
    .strictObject({ tasks: z.array(z.unknown()).min(1).max(1_000) })
    .meta({ id: 'CreateTaskBatch' }),
  checksItems: true,
  responses: {
    200: {
      description: 'One result per item, in order.',
      schema: z.object({ object: z.literal('batch'), data: z.array(BatchItem) }).meta({
        id: 'TaskBatch',
        description: 'The results of a batch, in order.',
      }),
    },
  },
  errors: [],
  idempotency: 'stored',
  maxBodyBytes: 32 * 1024 * 1024,
  example: EXAMPLES.createBatch,
  handler: async ({ actor, body, headers, requestId }) => {
    const turn = takeTurns();
    const inputs: (CreateTask | InvalidRequest)[] = [];
    for (const item of body.tasks) {
      const checked = checkJson(CreateTask, item);
      inputs.push(checked.ok ? checked.value : InvalidRequest.fromFaults(checked.faults));
      await turn();
    }
    const results = await createTasks(actor, inputs, { trace: callerTrace(headers) });
    const data = results.map((result) => {
      if (result.ok) return { status: result.replayed ? 200 : 201, task: result.task };
      const { error } = errorBody(result.error, requestId);
      return { status: result.error.status, error };
    });
    return { status: 200, body: { object: 'batch' as const, data } };
  },
});

export const getTaskOperation = operation({
  id: 'tasks.get',
  method: 'GET',
  path: '/v1/tasks/{id}',
  scope: 'tasks:read',
  summary: 'Get a task',
  description: 'With `wait`, responds when the task has ended or the seconds have passed.',
  tag: 'Tasks',
  params: TaskParams,
  query: z.object({
    wait: wholeNumber(0, 60).default(0).describe('Seconds to wait for the task’s end. Default: 0.'),
  }),
  responses: { 200: { description: 'The task.', schema: Task } },
  errors: [NOT_FOUND],
  idempotency: 'none',
  example: EXAMPLES.get,
  handler: async (input) => {
    const { actor, params, query } = input;
    const body =
      query.wait === 0
        ? await getTask(actor, params.id)
        : await waitForTask(actor, params.id, query.wait, changesOf(params.id, input.signal));
    return { status: 200, body };
  },
});

export const listTasksOperation = operation({
  id: 'tasks.list',
  method: 'GET',
  path: '/v1/tasks',
  scope: 'tasks:read',
  summary: 'List tasks, newest first',
  description:
    'Tasks of the key’s mode, filtered by status, type, time of creation and metadata. `next_cursor` is the `after` of the next page.',
  tag: 'Tasks',
  query: ListTasksQuery,
  responses: { 200: { description: 'A page of tasks.', schema: listOf(Task) } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLES.list,
  handler: async ({ actor, query }) => {
    const page = await listTasks(actor, { ...query, after: decodeCursor(query.after) });
    const cursor = page.next_cursor ? encodeCursor(page.next_cursor) : null;
    return { status: 200, body: { ...page, next_cursor: cursor } };
  },
});

export const cancelTaskOperation = operation({
  id: 'tasks.cancel',
  method: 'POST',
  path: '/v1/tasks/{id}/cancel',
  scope: 'tasks:write',
  summary: 'Cancel a task',
  description: 'Allowed while the task is posted or assigned. Releases the hold.',
  tag: 'Tasks',
  params: TaskParams,
  responses: { 200: { description: 'The cancelled task.', schema: Task } },
  errors: [NOT_FOUND, { status: 409, code: 'task_not_cancellable' }],
  idempotency: 'stored',
  example: EXAMPLES.cancel,
  handler: async ({ actor, params }) => ({ status: 200, body: await cancelTask(actor, params.id) }),
});

export const listTaskEventsOperation = operation({
  id: 'tasks.events',
  method: 'GET',
  path: '/v1/tasks/{id}/events',
  scope: 'tasks:read',
  summary: 'A task’s timeline',
  description:
    'As JSON, or as `text/event-stream` if requested through `Accept`: each event as it happens, resumable with `Last-Event-ID`.',
  tag: 'Tasks',
  params: TaskParams,
  headers: {
    'Last-Event-ID': 'For a stream: the `id` of the last received event, to resume after it.',
  },
  responses: {
    200: {
      description: 'The task’s events, oldest first.',
      schema: z.object({ data: z.array(TaskTimelineEvent) }).meta({ id: 'TaskTimeline' }),
      alternatives: {
        'text/event-stream': z
          .string()
          .describe('Each event with `id: <sequence>`, `event: <type>` and `data: <its JSON>`.'),
      },
    },
  },
  errors: [NOT_FOUND],
  idempotency: 'none',
  example: EXAMPLES.events,
  handler: async ({ actor, params, headers, signal }) => {
    const data = await listTaskEvents(actor, params.id);
    const lastEventId = headers.get('last-event-id') ?? '';
    if (!headers.get('accept')?.includes('text/event-stream'))
      return { status: 200, body: { data } };
    // An unknown ID, or one of another task, starts from the beginning or the end.
    const given = /^\d+$/.test(lastEventId) ? Number(lastEventId) : 0;
    const seen = Math.min(given, data.at(-1)?.sequence ?? 0);
    const changes = changesOf(params.id, signal);
    return eventStream(followTaskEvents(actor, params.id, seen, changes));
  },
});

function changesOf(taskId: string, signal: AbortSignal): ChangeSource {
  const hub = liveHub();
  const stopped = new AbortController();
  const ended = AbortSignal.any([signal, stopped.signal]);
  return {
    ready: () => hub.ready(),
    next: (timeoutMs) => hub.waitFor({ taskId }, { timeoutMs, signal: ended }),
    stop: () => stopped.abort(),
  };
}

/** Server-sent events; `null` becomes a comment that keeps the connection open. */
function eventStream(events: AsyncGenerator<TaskTimelineEvent | null>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await events.next();
      if (done) return controller.close();
      const text = value
        ? `id: ${value.sequence}\nevent: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`
        : ': still here\n\n';
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await events.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' },
  });
}
