import { z } from 'zod';
import {
  type CreateTask,
  cancelTask,
  createTask,
  getTask,
  listTasks,
  pricesOf,
} from '@/server/features/tasks';
import { cancelTaskOperation, createTaskOperation } from '@/server/features/tasks/rest';
import type { Task } from '@/server/features/tasks/schema';
import { renderV0Task } from '@/server/features/v0';
import {
  CreateV0Task,
  ListV0TasksQuery,
  V0Cancelled,
  V0Task,
  V0TaskList,
} from '@/server/features/v0/schema';
import { callerTrace } from '@/server/platform/tracing';
import { decodeCursor, operation } from '@/server/transport/rest';

const TaskParams = z.object({ id: z.string() });
const tag = 'Tasks';

/** Renders tasks for v0; the caller has checked that its actor may see them. */
async function inV0(tasks: readonly Task[]): Promise<V0Task[]> {
  const prices = await pricesOf(tasks.map(({ id }) => id));
  return tasks.map((task) => renderV0Task(task, prices.get(task.id) ?? null));
}

/** Converts a create request to v1; the price replaces `payout_sats`. */
function inV1(body: CreateV0Task): CreateTask {
  return {
    type: body.taskType,
    payload: body.payload,
    output_schema: body.outputSchema,
    idempotency_key: body.idempotencyKey,
    ...(body.riskTier === undefined ? {} : { risk_tier: body.riskTier }),
    ...(body.slaSeconds === undefined ? {} : { sla_seconds: body.slaSeconds }),
    ...(body.callbackUrl === undefined ? {} : { callback_url: body.callbackUrl }),
    ...(body.metadata === undefined
      ? {}
      : // v0 takes documents, where v1 takes single values.
        { metadata: body.metadata as NonNullable<CreateTask['metadata']> }),
  };
}

export const createV0TaskOperation = operation({
  id: 'v0.tasks.create',
  method: 'POST',
  path: '/v0/tasks',
  scope: 'tasks:write',
  summary: 'Create a task',
  tag,
  body: CreateV0Task,
  responses: {
    201: { description: 'The created task.', schema: V0Task },
    200: { description: 'The task already created with this idempotency key.', schema: V0Task },
  },
  errors: createTaskOperation.errors,
  idempotency: 'handler',
  handler: async ({ actor, body, headers }) => {
    const options = { price: body.payout, trace: callerTrace(headers) };
    const { task, replayed } = await createTask(actor, inV1(body), options);
    const shown = renderV0Task(task, body.payout);
    if (replayed) return { status: 200, body: shown, headers: { 'Idempotent-Replayed': 'true' } };
    return { status: 201, body: shown };
  },
});

export const getV0TaskOperation = operation({
  id: 'v0.tasks.get',
  method: 'GET',
  path: '/v0/tasks/{id}',
  scope: 'tasks:read',
  summary: 'Get a task',
  tag,
  params: TaskParams,
  responses: { 200: { description: 'The task.', schema: V0Task } },
  errors: [],
  idempotency: 'none',
  handler: async ({ actor, params }) => {
    const task = await getTask(actor, params.id);
    const prices = await pricesOf([task.id]);
    return { status: 200, body: renderV0Task(task, prices.get(task.id) ?? null) };
  },
});

export const listV0TasksOperation = operation({
  id: 'v0.tasks.list',
  method: 'GET',
  path: '/v0/tasks',
  scope: 'tasks:read',
  summary: 'List tasks, newest first',
  tag,
  query: ListV0TasksQuery,
  responses: { 200: { description: 'A page of tasks.', schema: V0TaskList } },
  errors: [],
  idempotency: 'none',
  handler: async ({ actor, query }) => {
    const { task_type: type, created_after: from, created_before: to, after, ...rest } = query;
    const page = await listTasks(actor, {
      ...rest,
      type,
      after: decodeCursor(after),
      // Both ends are inclusive in v0 and exclusive in v1; times are whole milliseconds.
      created_after: from && new Date(from.getTime() - 1),
      created_before: to && new Date(to.getTime() + 1),
    });
    return {
      status: 200,
      body: {
        data: await inV0(page.data),
        hasMore: page.has_more,
        ...(page.next_cursor === null ? {} : { nextCursor: page.next_cursor }),
      },
    };
  },
});

export const cancelV0TaskOperation = operation({
  id: 'v0.tasks.cancel',
  method: 'POST',
  path: '/v0/tasks/{id}/cancel',
  scope: 'tasks:write',
  summary: 'Cancel a task',
  tag,
  params: TaskParams,
  responses: { 200: { description: 'The task is cancelled.', schema: V0Cancelled } },
  errors: cancelTaskOperation.errors,
  idempotency: 'stored',
  handler: async ({ actor, params }) => {
    const {
      id,
      status,
      completed_at: endedAt,
      updated_at: at,
    } = await cancelTask(actor, params.id);
    return { status: 200, body: { id, status, cancelledAt: endedAt ?? at } };
  },
});
