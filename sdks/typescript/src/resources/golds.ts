import { listOf } from '../list.js';
import type { PagePromise } from '../pagination.js';
import { type RequestOptions, segment, type Transport } from '../transport.js';
import type { CreateGoldParams, Gold, ListParams } from '../types/account.js';
import { fromWire, toWire } from '../wire-case.js';

/** Golds by task type: tasks with known answers, which measure workers' quality. */
export class Golds {
  constructor(private readonly transport: Transport) {}

  /** Your own golds of a type, newest first. */
  list(type: string, params: ListParams = {}, options?: RequestOptions): PagePromise<Gold> {
    return listOf(this.transport, goldsOf(type), { ...params }, options);
  }

  async create(type: string, params: CreateGoldParams, options?: RequestOptions): Promise<Gold> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: goldsOf(type),
        body: toWire(params),
        options,
      }),
    );
  }

  /** Retires a gold: workers do not get it any more. */
  async delete(type: string, id: string, options?: RequestOptions): Promise<void> {
    await this.transport.request({
      method: 'DELETE',
      path: `${goldsOf(type)}/${segment(id)}`,
      options,
    });
  }
}

const goldsOf = (type: string) => `/task_types/${segment(type)}/golds`;
