import { z } from 'zod';
import { getTaskType } from '@/server/features/task-types';
import { TypeName } from '@/server/features/task-types/schema';
import { ListQuery, listOf, operation } from '@/server/transport/rest';
import { changeGold } from './change-gold';
import { EXAMPLES } from './examples';
import { getGold, pageOfGolds } from './list-golds';
import { addGold } from './save-golds';
import { CreateGold, DeletedGold, GoldResource } from './schema';

const tag = 'Task types';
const params = z.object({ type: TypeName.describe('The name of the type.') });

export const listGoldsOperation = operation({
  id: 'golds.list',
  method: 'GET',
  path: '/v1/task_types/{type}/golds',
  scope: 'tasks:read',
  summary: 'List golds',
  description: 'Your own golds of a type, newest first; built-in golds are not listed.',
  tag,
  params,
  query: ListQuery,
  responses: { 200: { description: 'A page of golds.', schema: listOf(GoldResource) } },
  errors: [{ status: 404, code: 'not_found' }],
  idempotency: 'none',
  example: EXAMPLES.list,
  handler: async ({ actor, params: { type }, query }) => ({
    status: 200,
    body: await pageOfGolds(actor, type, query),
  }),
});

export const createGoldOperation = operation({
  id: 'golds.create',
  method: 'POST',
  path: '/v1/task_types/{type}/golds',
  scope: 'tasks:write',
  summary: 'Add a gold',
  description:
    'A task whose answer is known. It is mixed into workers’ queues at the type’s `gold_rate`, and their answers measure how reliable they are.',
  tag,
  params,
  body: CreateGold,
  responses: { 201: { description: 'The gold.', schema: GoldResource } },
  errors: [
    { status: 404, code: 'not_found' },
    { status: 413, code: 'outputs_too_large' },
  ],
  idempotency: 'stored',
  example: EXAMPLES.create,
  handler: async ({ actor, params: { type }, body }) => {
    await getTaskType(actor, type);
    const { id } = await addGold(actor, { type, ...body });
    return { status: 201, body: await getGold(actor, type, id) };
  },
});

export const deleteGoldOperation = operation({
  id: 'golds.delete',
  method: 'DELETE',
  path: '/v1/task_types/{type}/golds/{id}',
  scope: 'tasks:write',
  summary: 'Retire a gold',
  description: 'It is no longer asked; past answers to it keep counting. Retiring is idempotent.',
  tag,
  params: params.extend({ id: z.string().describe('The id of the gold.') }),
  responses: { 200: { description: 'The gold is retired.', schema: DeletedGold } },
  errors: [{ status: 404, code: 'not_found' }],
  idempotency: 'none',
  example: EXAMPLES.delete,
  handler: async ({ actor, params: { type, id } }) => {
    await getGold(actor, type, id);
    await changeGold(actor, { id, retired: true });
    return { status: 200, body: { object: 'gold', id, deleted: true } };
  },
});
