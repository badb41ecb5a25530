/** One endpoint, its events and deliveries, for the documentation. */

import { verifiedTask } from '@/server/features/tasks';

const id = '0198a1e0-11aa-7c55-8d02-9b8a7c6d5e4f';
const deliveryId = '0198a1f4-22bb-7e66-9c13-0a1b2c3d4e5f';
const createdAt = '2026-01-31T11:30:00.000Z';

const endpoint = {
  id,
  object: 'webhook_endpoint',
  mode: 'test',
  url: 'https://example.com/hooks/humanrail',
  description: 'Production agent',
  events: ['task.verified', 'task.failed'],
  status: 'enabled',
  disabled_reason: null,
  failing_since: null,
  created_at: createdAt,
  updated_at: createdAt,
};

const secret = 'whsec_7hQ2mX9vB4nK1sD8fG3jL6pR0tW5yZaC';

const delivery = {
  id: deliveryId,
  object: 'delivery',
  mode: 'test',
  endpoint_id: id,
  event_id: 'evt_0198a1f36d417b0f8c2e3d4e5f6a7b8c',
  event_type: 'task.verified',
  task_id: verifiedTask.id,
  url: endpoint.url,
  status: 'delivered',
  attempt_count: 1,
  next_attempt_at: null,
  delivered_at: '2026-01-31T12:00:07.900Z',
  created_at: '2026-01-31T12:00:07.450Z',
  attempts: [
    {
      number: 1,
      status_code: 200,
      error: null,
      duration_ms: 182,
      response_body: 'ok',
      created_at: '2026-01-31T12:00:07.900Z',
    },
  ],
};

const params = { id };

/** An event posted to an endpoint. */
export const EVENT_EXAMPLE = {
  id: delivery.event_id,
  object: 'event',
  type: 'task.verified',
  mode: 'test',
  created_at: '2026-01-31T12:00:07.400Z',
  data: verifiedTask,
};

/** A low-balance event posted to an endpoint. */
export const LOW_BALANCE_EXAMPLE = {
  id: 'evt_0198a1f36d417b0f8c2e3d4e5f6a7b8e',
  object: 'event',
  type: 'balance.low',
  mode: 'live',
  created_at: '2026-01-31T12:00:07.400Z',
  data: {
    object: 'balance',
    mode: 'live',
    available_sats: 9_400,
    held_sats: 5_500,
    threshold_sats: 10_000,
  },
};

export const EXAMPLES = {
  list: { answer: { data: [endpoint], has_more: false, next_cursor: null } },
  create: {
    body: { url: endpoint.url, events: endpoint.events, description: endpoint.description },
    answer: { ...endpoint, secret },
  },
  get: { params, answer: endpoint },
  update: {
    params,
    body: { status: 'disabled' },
    answer: { ...endpoint, status: 'disabled', disabled_reason: 'By its owner.' },
  },
  delete: { params, answer: { id, object: 'webhook_endpoint', deleted: true } },
  rotate: {
    params,
    answer: { ...endpoint, secret, previous_secret_expires_at: '2026-02-01T12:00:00.000Z' },
  },
  test: {
    params,
    answer: {
      object: 'webhook_test',
      event_id: 'evt_0198a1f36d417b0f8c2e3d4e5f6a7b8d',
      delivery_id: deliveryId,
      delivered: true,
      status_code: 200,
      error: null,
      duration_ms: 182,
      response_body: 'ok',
    },
  },
  listDeliveries: { params, answer: { data: [delivery], has_more: false, next_cursor: null } },
  replayFailed: {
    params,
    body: { since: '2026-01-31T00:00:00Z' },
    answer: { object: 'replay', replayed: 3 },
  },
  getCallbackSecret: {
    answer: { object: 'callback_secret', secret, previous_secret_expires_at: null },
  },
  rotateCallbackSecret: {
    answer: {
      object: 'callback_secret',
      secret,
      previous_secret_expires_at: '2026-02-01T12:00:00.000Z',
    },
  },
  replayDelivery: {
    params: { id: deliveryId },
    answer: {
      ...delivery,
      status: 'pending',
      next_attempt_at: '2026-01-31T12:10:00.000Z',
      delivered_at: null,
    },
  },
};
