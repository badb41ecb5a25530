import type { CreateTask } from '@/server/features/tasks/schema';
import { callerTrace } from '@/server/platform/tracing';
import { alsoByToken, type Operation, operation } from '@/server/transport/rest';
import { buyTask } from './buy-task';
import {
  InvalidL402Token,
  L402PaymentRequired,
  OtherRequest,
  PaymentUnconfirmed,
  PriceChanged,
  Refunded,
  TooManyChallenges,
} from './errors';
import { EXAMPLES } from './examples';
import { findPurchase } from './find-purchase';
import { getPurchase } from './get-purchase';
import { offerTask } from './offer-task';
import { offeringOrganization } from './offering';
import { L402Purchase } from './schema';
import { isL402 } from './token';

const tokenOf = (headers: Headers): string => headers.get('authorization') ?? '';
const hasToken = (request: Request): boolean => isL402(tokenOf(request.headers));

const NO_RAIL_ANSWERS = { status: 409, code: 'no_rail_answers' } as const;

/** Creates a task with a paid token; without a token or key, responds with a payment challenge. */
export const sellingTasks = (createTask: Operation): Operation =>
  alsoByToken(createTask, {
    takes: async (request) =>
      hasToken(request) ||
      (!request.headers.has('authorization') && (await offeringOrganization()) !== null),
    errors: [
      {
        ...{ status: L402PaymentRequired.status, code: L402PaymentRequired.code },
        description:
          'Without a key, if the instance offers it: `WWW-Authenticate: L402` and `details` contain the macaroon and the BOLT11 invoice to pay. Then resend the same request with `Authorization: L402 <macaroon>:<preimage>`.',
      },
      ...[InvalidL402Token, OtherRequest, PriceChanged, Refunded, NO_RAIL_ANSWERS],
      ...[TooManyChallenges, PaymentUnconfirmed],
    ],
    handle: async ({ body, headers }) => {
      const input = body as CreateTask;
      const token = tokenOf(headers);
      if (token === '') throw await challenge(input);
      const { task, replayed } = await buyTask(token, input, callerTrace(headers));
      if (replayed) return { status: 200, body: task, headers: { 'Idempotent-Replayed': 'true' } };
      return { status: 201, body: task };
    },
  });

async function challenge(input: CreateTask): Promise<Error> {
  const organizationId = await offeringOrganization();
  if (organizationId === null) throw new InvalidL402Token('Send an API key.');
  return offerTask(organizationId, input);
}

/** Opens a task operation to the holder of that task's token. */
export const forItsTask = (own: Operation): Operation =>
  alsoByToken(own, {
    takes: hasToken,
    errors: [InvalidL402Token],
    handle: async (input) => {
      const { actor } = await findPurchase(tokenOf(input.headers));
      return own.handle({ ...input, actor });
    },
  });

export const getPurchaseOperation = operation({
  id: 'purchases.get',
  method: 'GET',
  path: '/v1/l402',
  public: true,
  takesToken: true,
  summary: 'Get what an L402 token has bought',
  description:
    'What was paid and charged, and how to claim the rest: through an LNURL-withdraw with any Lightning wallet.',
  tag: 'L402',
  responses: { 200: { description: 'The purchase.', schema: L402Purchase } },
  errors: [InvalidL402Token],
  idempotency: 'none',
  example: EXAMPLES.get,
  handler: async ({ headers }) => ({ status: 200, body: await getPurchase(tokenOf(headers)) }),
});
