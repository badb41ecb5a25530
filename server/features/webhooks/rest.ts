import { z } from 'zod';
import { decodeCursor, encodeCursor, listOf, operation } from '@/server/transport/rest';
import { getCallbackSecret, rotateCallbackSecret } from './callback-secret';
import { createEndpoint } from './create-endpoint';
import { deleteEndpoint } from './delete-endpoint';
import { EndpointDisabled, TooManyEndpoints } from './errors';
import { EXAMPLES } from './examples';
import { getEndpoint, listDeliveries, listEndpoints } from './queries';
import { replayDelivery, replayFailed } from './replay-deliveries';
import { rotateSecret } from './rotate-secret';
import {
  CallbackSecret,
  CreateEndpoint,
  DeletedEndpoint,
  Delivery,
  Endpoint,
  EndpointWithSecret,
  ListDeliveriesQuery,
  ListEndpointsQuery,
  ReplayedDeliveries,
  ReplaySince,
  RotatedEndpoint,
  TestResult,
  UpdateEndpoint,
} from './schema';
import { testEndpoint } from './test-endpoint';
import { updateEndpoint } from './update-endpoint';

const EndpointParams = z.object({ id: z.string().describe('The endpoint’s id.') });
const DeliveryParams = z.object({ id: z.string().describe('The delivery’s id.') });
const NOT_FOUND = { status: 404, code: 'not_found' } as const;
const tag = 'Webhooks';
const scope = 'webhooks:write';

/** A page in API format, with an encoded cursor. */
function withCursor<T>(page: { data: T[]; has_more: boolean; next_cursor: string | null }) {
  return { ...page, next_cursor: page.next_cursor && encodeCursor(page.next_cursor) };
}

export const listEndpointsOperation = operation({
  id: 'webhooks.list',
  method: 'GET',
  path: '/v1/webhooks',
  scope,
  summary: 'List webhook endpoints, newest first',
  description: 'Endpoints of the key’s mode, without their secrets.',
  tag,
  query: ListEndpointsQuery,
  responses: { 200: { description: 'A page of endpoints.', schema: listOf(Endpoint) } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLES.list,
  handler: async ({ actor, query }) => {
    const page = await listEndpoints(actor, { ...query, after: decodeCursor(query.after) });
    return { status: 200, body: withCursor(page) };
  },
});

export const createEndpointOperation = operation({
  id: 'webhooks.create',
  method: 'POST',
  path: '/v1/webhooks',
  scope,
  summary: 'Create a webhook endpoint',
  description: 'The response contains the signing `secret`, which is not shown again.',
  tag,
  body: CreateEndpoint,
  responses: {
    201: { description: 'The endpoint, with its secret.', schema: EndpointWithSecret },
  },
  errors: [TooManyEndpoints],
  idempotency: 'stored',
  example: EXAMPLES.create,
  handler: async ({ actor, body }) => {
    const endpoint = await createEndpoint(actor, body);
    const headers = { Location: `/v1/webhooks/${endpoint.id}` };
    return { status: 201, body: endpoint, headers };
  },
});

export const getCallbackSecretOperation = operation({
  id: 'webhooks.get_callback_secret',
  method: 'GET',
  path: '/v1/webhooks/callback_secret',
  scope,
  summary: 'Get the callback secret',
  description:
    'The secret signs events sent to a task’s own `callback_url`: one per organization, for both modes.',
  tag,
  responses: { 200: { description: 'The secret.', schema: CallbackSecret } },
  errors: [],
  idempotency: 'none',
  example: EXAMPLES.getCallbackSecret,
  handler: async ({ actor }) => ({ status: 200, body: await getCallbackSecret(actor) }),
});

export const rotateCallbackSecretOperation = operation({
  id: 'webhooks.rotate_callback_secret',
  method: 'POST',
  path: '/v1/webhooks/callback_secret/rotate',
  scope,
  summary: 'Rotate the callback secret',
  description:
    'For 24 hours `webhook-signature` has signatures of the new and the previous secret; `X-HumanRail-Signature` uses the new one at once.',
  tag,
  responses: { 200: { description: 'The new secret.', schema: CallbackSecret } },
  errors: [],
  idempotency: 'stored',
  example: EXAMPLES.rotateCallbackSecret,
  handler: async ({ actor }) => ({ status: 200, body: await rotateCallbackSecret(actor) }),
});

export const getEndpointOperation = operation({
  id: 'webhooks.get',
  method: 'GET',
  path: '/v1/webhooks/{id}',
  scope,
  summary: 'Get a webhook endpoint',
  description: 'Without its secret, which is only returned by a create or a rotation.',
  tag,
  params: EndpointParams,
  responses: { 200: { description: 'The endpoint.', schema: Endpoint } },
  errors: [NOT_FOUND],
  idempotency: 'none',
  example: EXAMPLES.get,
  handler: async ({ actor, params }) => ({
    status: 200,
    body: await getEndpoint(actor, params.id),
  }),
});

export const updateEndpointOperation = operation({
  id: 'webhooks.update',
  method: 'PATCH',
  path: '/v1/webhooks/{id}',
  scope,
  summary: 'Change a webhook endpoint',
  description: 'Omitted fields are unchanged. Enabling an endpoint resets its failures.',
  tag,
  params: EndpointParams,
  body: UpdateEndpoint,
  responses: { 200: { description: 'The updated endpoint.', schema: Endpoint } },
  errors: [NOT_FOUND],
  idempotency: 'stored',
  example: EXAMPLES.update,
  handler: async ({ actor, params, body }) => ({
    status: 200,
    body: await updateEndpoint(actor, params.id, body),
  }),
});

export const deleteEndpointOperation = operation({
  id: 'webhooks.delete',
  method: 'DELETE',
  path: '/v1/webhooks/{id}',
  scope,
  summary: 'Delete a webhook endpoint',
  description: 'Nothing more is sent to it, including pending deliveries.',
  tag,
  params: EndpointParams,
  responses: { 200: { description: 'The endpoint is deleted.', schema: DeletedEndpoint } },
  errors: [NOT_FOUND],
  idempotency: 'none',
  example: EXAMPLES.delete,
  handler: async ({ actor, params }) => {
    const { id } = params;
    await deleteEndpoint(actor, id);
    return { status: 200, body: { id, object: 'webhook_endpoint', deleted: true } };
  },
});

export const rotateSecretOperation = operation({
  id: 'webhooks.rotate',
  method: 'POST',
  path: '/v1/webhooks/{id}/rotate',
  scope,
  summary: 'Rotate the signing secret',
  description:
    'For 24 hours `webhook-signature` has signatures of the new and the previous secret; `X-HumanRail-Signature` uses the new one at once.',
  tag,
  params: EndpointParams,
  responses: {
    200: { description: 'The endpoint, with its new secret.', schema: RotatedEndpoint },
  },
  errors: [NOT_FOUND],
  idempotency: 'stored',
  example: EXAMPLES.rotate,
  handler: async ({ actor, params }) => ({
    status: 200,
    body: await rotateSecret(actor, params.id),
  }),
});

export const testEndpointOperation = operation({
  id: 'webhooks.test',
  method: 'POST',
  path: '/v1/webhooks/{id}/test',
  scope,
  summary: 'Send a test event',
  description: 'Sends `webhook.test` once, immediately, and returns the endpoint’s response.',
  tag,
  params: EndpointParams,
  responses: { 200: { description: 'The endpoint’s response.', schema: TestResult } },
  errors: [NOT_FOUND],
  idempotency: 'stored',
  example: EXAMPLES.test,
  handler: async ({ actor, params }) => ({
    status: 200,
    body: await testEndpoint(actor, params.id),
  }),
});

export const listDeliveriesOperation = operation({
  id: 'webhooks.list_deliveries',
  method: 'GET',
  path: '/v1/webhooks/{id}/deliveries',
  scope,
  summary: 'List an endpoint’s deliveries, newest first',
  description: 'Each with its attempts: time, duration, and the endpoint’s response.',
  tag,
  params: EndpointParams,
  query: ListDeliveriesQuery,
  responses: { 200: { description: 'A page of deliveries.', schema: listOf(Delivery) } },
  errors: [NOT_FOUND],
  idempotency: 'none',
  example: EXAMPLES.listDeliveries,
  handler: async ({ actor, params, query }) => {
    const asked = { ...query, after: decodeCursor(query.after) };
    return { status: 200, body: withCursor(await listDeliveries(actor, params.id, asked)) };
  },
});

export const replayFailedOperation = operation({
  id: 'webhooks.replay',
  method: 'POST',
  path: '/v1/webhooks/{id}/replay',
  scope,
  summary: 'Replay failed deliveries',
  description: 'Replays everything that failed permanently since a time; events keep their ids.',
  tag,
  params: EndpointParams,
  body: ReplaySince,
  responses: {
    200: { description: 'The number of replayed deliveries.', schema: ReplayedDeliveries },
  },
  errors: [NOT_FOUND, EndpointDisabled],
  idempotency: 'stored',
  example: EXAMPLES.replayFailed,
  handler: async ({ actor, params, body }) => ({
    status: 200,
    body: await replayFailed(actor, params.id, body),
  }),
});

export const replayDeliveryOperation = operation({
  id: 'deliveries.replay',
  method: 'POST',
  path: '/v1/deliveries/{id}/replay',
  scope,
  summary: 'Replay one delivery',
  description: 'Regardless of its status; the event keeps its id.',
  tag,
  params: DeliveryParams,
  responses: { 200: { description: 'The delivery, due immediately.', schema: Delivery } },
  errors: [NOT_FOUND, EndpointDisabled],
  idempotency: 'stored',
  example: EXAMPLES.replayDelivery,
  handler: async ({ actor, params }) => ({
    status: 200,
    body: await replayDelivery(actor, params.id),
  }),
});
