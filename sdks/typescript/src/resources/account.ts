import { listOf } from '../list.js';
import type { JsonSchema } from '../output-type.js';
import type { PagePromise } from '../pagination.js';
import { type RequestOptions, segment, type Transport } from '../transport.js';
import type {
  Balance,
  CreateDepositParams,
  Deposit,
  ListParams,
  TaskType,
  TaskTypeParams,
  Usage,
  UsageParams,
} from '../types/account.js';
import type { CreateTaskParams, Quote } from '../types/task.js';
import { fromWire, toWire } from '../wire-case.js';

/** Saved defaults by task `type`. */
export class TaskTypes {
  constructor(private readonly transport: Transport) {}

  list(params: ListParams = {}, options?: RequestOptions): PagePromise<TaskType> {
    return listOf(this.transport, '/task_types', { ...params }, options);
  }

  /** Replaces the saved defaults of a type. */
  async put(type: string, params: TaskTypeParams, options?: RequestOptions): Promise<TaskType> {
    return fromWire(
      await this.transport.request({
        method: 'PUT',
        path: `/task_types/${segment(type)}`,
        body: toWire(params),
        options,
      }),
    );
  }

  async delete(type: string, options?: RequestOptions): Promise<void> {
    await this.transport.request({
      method: 'DELETE',
      path: `/task_types/${segment(type)}`,
      options,
    });
  }
}

export class Quotes {
  constructor(private readonly transport: Transport) {}

  /** Quotes the cost and expected duration of a create with these parameters, without creating a task. */
  async create(
    params: CreateTaskParams<JsonSchema | undefined>,
    options?: RequestOptions,
  ): Promise<Quote> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/quotes',
        body: toWire(params),
        options,
      }),
    );
  }
}

export class UsageReports {
  constructor(private readonly transport: Transport) {}

  async get(params: UsageParams = {}, options?: RequestOptions): Promise<Usage> {
    const { period, startDate, endDate } = params;
    return fromWire(
      await this.transport.request({
        method: 'GET',
        path: '/usage',
        query: { period, start_date: startDate, end_date: endDate },
        options,
      }),
    );
  }
}

export class Balances {
  constructor(private readonly transport: Transport) {}

  async get(options?: RequestOptions): Promise<Balance> {
    return fromWire(await this.transport.request({ method: 'GET', path: '/balance', options }));
  }
}

/** Deposits over Lightning. */
export class Deposits {
  constructor(private readonly transport: Transport) {}

  /** Creates an invoice to pay. In test mode play sats arrive immediately. */
  async create(params: CreateDepositParams, options?: RequestOptions): Promise<Deposit> {
    return fromWire(
      await this.transport.request({
        method: 'POST',
        path: '/deposits',
        body: toWire(params),
        options,
      }),
    );
  }

  /** The current state; queries the Lightning rail while unpaid. */
  async get(id: string, options?: RequestOptions): Promise<Deposit> {
    return fromWire(
      await this.transport.request({ method: 'GET', path: `/deposits/${segment(id)}`, options }),
    );
  }

  /** The newest first. */
  list(params: ListParams = {}, options?: RequestOptions): PagePromise<Deposit> {
    return listOf(this.transport, '/deposits', { ...params }, options);
  }
}
