import { z } from 'zod';
import { operation } from '@/server/transport/rest';
import { EXAMPLE } from './example';
import { getReceipt } from './get-receipt';
import { Receipt } from './schema';

export const getReceiptOperation = operation({
  id: 'tasks.receipt',
  method: 'GET',
  path: '/v1/tasks/{id}/receipt',
  scope: 'tasks:read',
  summary: 'A signed receipt of how a task was verified',
  description:
    'For ended tasks: question and answer, every vote under a pseudonym, the confidence in the output, and payments. Verify its signature with the public keys at `/.well-known/humanrail-keys.json`.',
  tag: 'Tasks',
  params: z.object({ id: z.string().describe('The task’s id.') }),
  responses: { 200: { description: 'The receipt.', schema: Receipt } },
  errors: [
    { status: 404, code: 'not_found' },
    { status: 409, code: 'task_not_ended' },
  ],
  idempotency: 'none',
  example: EXAMPLE,
  handler: async ({ actor, params }) => ({ status: 200, body: await getReceipt(actor, params.id) }),
});
