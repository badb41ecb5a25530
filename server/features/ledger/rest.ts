import { operation } from '@/server/transport/rest';
import { getBalance } from './queries';
import { Balance } from './schema';

export const getBalanceOperation = operation({
  id: 'balance.get',
  method: 'GET',
  path: '/v1/balance',
  scope: 'usage:read',
  summary: 'Get the balance',
  description: 'The available and held balance in the key’s mode.',
  tag: 'Usage',
  responses: { 200: { description: 'The balance in sats.', schema: Balance } },
  errors: [],
  idempotency: 'none',
  example: {
    answer: { object: 'balance', mode: 'test', available_sats: 994_500, held_sats: 5_500 },
  },
  handler: async ({ actor }) => ({ status: 200, body: await getBalance(actor) }),
});
