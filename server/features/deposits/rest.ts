import { z } from 'zod';
import { newId } from '@/server/platform/ids';
import { ListQuery, listOf, operation } from '@/server/transport/rest';
import { createDeposit } from './create-deposit';
import { NoRail, NoRailAnswers, TooManyDeposits } from './errors';
import { EXAMPLES } from './examples';
import { getDeposit, listDeposits } from './queries';
import { CreateDeposit, Deposit } from './schema';

const tag = 'Usage';

export const createDepositOperation = operation({
  id: 'deposits.create',
  method: 'POST',
  path: '/v1/deposits',
  scope: 'tasks:write',
  summary: 'Create a deposit',
  description:
    'Returns a BOLT11 invoice to pay; received sats can be spent at once. In test mode play sats are credited immediately, without an invoice.',
  tag,
  body: CreateDeposit,
  responses: { 201: { description: 'The deposit, with the invoice to pay.', schema: Deposit } },
  errors: [NoRail, NoRailAnswers, TooManyDeposits],
  idempotency: 'stored',
  example: EXAMPLES.create,
  handler: async ({ actor, body }) => ({
    status: 201,
    body: await createDeposit(actor, { key: newId(), amountSats: body.amount_sats }),
  }),
});

export const getDepositOperation = operation({
  id: 'deposits.get',
  method: 'GET',
  path: '/v1/deposits/{id}',
  scope: 'usage:read',
  summary: 'Get a deposit',
  description:
    'Returns the current state; while the deposit is unpaid, the Lightning rail is queried.',
  tag,
  params: z.object({ id: z.string().describe('The id of the deposit.') }),
  responses: { 200: { description: 'The deposit.', schema: Deposit } },
  errors: [{ status: 404, code: 'not_found' }],
  idempotency: 'none',
  example: EXAMPLES.get,
  handler: async ({ actor, params: { id } }) => ({
    status: 200,
    body: await getDeposit(actor, id),
  }),
});

export const listDepositsOperation = operation({
  id: 'deposits.list',
  method: 'GET',
  path: '/v1/deposits',
  scope: 'usage:read',
  summary: 'List deposits',
  description: 'Newest first.',
  tag,
  query: ListQuery,
  responses: { 200: { description: 'A page of deposits.', schema: listOf(Deposit) } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLES.list,
  handler: async ({ actor, query }) => ({ status: 200, body: await listDeposits(actor, query) }),
});
