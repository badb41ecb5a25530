import { listOf } from '../list.js';
import type { PagePromise } from '../pagination.js';
import { type RequestOptions, segment, type Transport } from '../transport.js';
import type {
  CallbackSecret,
  CreateWebhookParams,
  Delivery,
  ListParams,
  ReplayedDeliveries,
  RotatedWebhookEndpoint,
  UpdateWebhookParams,
  WebhookEndpoint,
  WebhookEndpointWithSecret,
  WebhookTestResult,
} from '../types/account.js';
import { fromWire, toWire } from '../wire-case.js';

export interface ListDeliveriesParams extends ListParams {
  status?: Delivery['status'];
}

/** The endpoints that events are posted to. */
export class Webhooks {
  constructor(private readonly transport: Transport) {}

  /** Registers an endpoint. The answer carries its `secret`, and is the only one that does. */
  async create(
    params: CreateWebhookParams,
    options?: RequestOptions,
  ): Promise<WebhookEndpointWithSecret> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/webhooks',
        body: toWire(params),
        options,
      }),
    );
  }

  list(params: ListParams = {}, options?: RequestOptions): PagePromise<WebhookEndpoint> {
    return listOf(this.transport, '/webhooks', { ...params }, options);
  }

  async get(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return fromWire(
      await this.transport.request({ method: 'GET', path: `/webhooks/${segment(id)}`, options }),
    );
  }

  /** The same as `get`. */
  retrieve(id: string, options?: RequestOptions): Promise<WebhookEndpoint> {
    return this.get(id, options);
  }

  /** Changes what is given and leaves the rest. */
  async update(
    id: string,
    params: UpdateWebhookParams,
    options?: RequestOptions,
  ): Promise<WebhookEndpoint> {
    return fromWire(
      await this.transport.request({
        method: 'PATCH',
        path: `/webhooks/${segment(id)}`,
        body: toWire(params),
        options,
      }),
    );
  }

  async delete(id: string, options?: RequestOptions): Promise<void> {
    await this.transport.request({ method: 'DELETE', path: `/webhooks/${segment(id)}`, options });
  }

  /** Gives the endpoint a new secret; the old one signs beside it for a while. */
  async rotate(id: string, options?: RequestOptions): Promise<RotatedWebhookEndpoint> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/webhooks/${segment(id)}/rotate`,
        options,
      }),
    );
  }

  /** The secret that signs events sent to a task's own `callbackUrl`. */
  async getCallbackSecret(options?: RequestOptions): Promise<CallbackSecret> {
    return fromWire(
      await this.transport.request({ method: 'GET', path: '/webhooks/callback_secret', options }),
    );
  }

  /** Gives the organization a new callback secret; the old one signs beside it for a while. */
  async rotateCallbackSecret(options?: RequestOptions): Promise<CallbackSecret> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/webhooks/callback_secret/rotate',
        options,
      }),
    );
  }

  /** Sends a `webhook.test` event and tells what the endpoint answered. */
  async test(id: string, options?: RequestOptions): Promise<WebhookTestResult> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/webhooks/${segment(id)}/test`,
        options,
      }),
    );
  }

  /** What was sent to the endpoint, the newest first. */
  deliveries(
    id: string,
    params: ListDeliveriesParams = {},
    options?: RequestOptions,
  ): PagePromise<Delivery> {
    return listOf(this.transport, `/webhooks/${segment(id)}/deliveries`, { ...params }, options);
  }

  /** Sends again everything that failed since then. */
  async replay(
    id: string,
    params: { since: Date | string },
    options?: RequestOptions,
  ): Promise<ReplayedDeliveries> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/webhooks/${segment(id)}/replay`,
        body: toWire(params),
        options,
      }),
    );
  }
}

export class Deliveries {
  constructor(private readonly transport: Transport) {}

  /** Sends one delivery again, with the body it had. */
  async replay(id: string, options?: RequestOptions): Promise<Delivery> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/deliveries/${segment(id)}/replay`,
        options,
      }),
    );
  }
}
