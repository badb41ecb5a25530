import { z } from 'zod';
import { ListQuery, listOf, operation } from '@/server/transport/rest';
import { deleteTaskType } from './delete-task-type';
import { TaskTypeChanged, TaskTypeShipped } from './errors';
import { EXAMPLES } from './examples';
import { putTaskType } from './put-task-type';
import { listTaskTypes } from './queries';
import { DeletedTaskType, PutTaskType, TaskType, TypeName } from './schema';

const tag = 'Task types';
const params = z.object({ type: TypeName.describe('The name of the type.') });

export const listTaskTypesOperation = operation({
  id: 'task_types.list',
  method: 'GET',
  path: '/v1/task_types',
  scope: 'tasks:read',
  summary: 'List task types',
  description: 'Your own types, newest first, then the built-in ones.',
  tag,
  query: ListQuery,
  responses: { 200: { description: 'A page of task types.', schema: listOf(TaskType) } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLES.list,
  handler: async ({ actor, query }) => ({ status: 200, body: await listTaskTypes(actor, query) }),
});

export const putTaskTypeOperation = operation({
  id: 'task_types.put',
  method: 'PUT',
  path: '/v1/task_types/{type}',
  scope: 'tasks:write',
  summary: 'Save a task type',
  description:
    'Sets the defaults for fields that tasks of this type omit. Replaces the saved type entirely; idempotent.',
  tag,
  params,
  body: PutTaskType,
  bodyOptional: true,
  responses: { 200: { description: 'The saved type.', schema: TaskType } },
  errors: [
    { status: 422, code: 'invalid_output_schema' },
    { status: 422, code: 'unknown_skill' },
    TaskTypeChanged,
  ],
  idempotency: 'none',
  example: EXAMPLES.put,
  handler: async ({ actor, params: { type }, body }) => ({
    status: 200,
    body: await putTaskType(actor, type, body ?? {}),
  }),
});

export const deleteTaskTypeOperation = operation({
  id: 'task_types.delete',
  method: 'DELETE',
  path: '/v1/task_types/{type}',
  scope: 'tasks:write',
  summary: 'Delete a task type',
  description: 'Existing tasks are not affected.',
  tag,
  params,
  responses: { 200: { description: 'The type is deleted.', schema: DeletedTaskType } },
  errors: [{ status: 404, code: 'not_found' }, TaskTypeShipped],
  idempotency: 'none',
  example: EXAMPLES.delete,
  handler: async ({ actor, params: { type } }) => ({
    status: 200,
    body: await deleteTaskType(actor, type),
  }),
});
