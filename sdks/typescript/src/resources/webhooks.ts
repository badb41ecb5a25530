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

/** Webhook endpoints. */
export class Webhooks {
  constructor(private readonly transport: Transport) {}

  /** Registers an endpoint. Only this response contains its `secret`. */
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

  /** Updates only the given fields. */
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

  /** Rotates the endpoint's secret; the old one also signs for a while. */
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

  /** Rotates the organization's callback secret; the old one also signs for a while. */
  async rotateCallbackSecret(options?: RequestOptions): Promise<CallbackSecret> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/webhooks/callback_secret/rotate',
        options,
      }),
    );
  }

  /** Sends a `webhook.test` event and returns the endpoint's response. */
  async test(id: string, options?: RequestOptions): Promise<WebhookTestResult> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: `/webhooks/${segment(id)}/test`,
        options,
      }),
    );
  }

  /** Deliveries to the endpoint, newest first. */
  deliveries(
    id: string,
    params: ListDeliveriesParams = {},
    options?: RequestOptions,
  ): PagePromise<Delivery> {
    return listOf(this.transport, `/webhooks/${segment(id)}/deliveries`, { ...params }, options);
  }

  /** Resends all deliveries that failed since then. */
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

  /** Resends one delivery with its original body. */
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
