import { HumanRailError } from './errors.js';
import { idempotencyKey } from './idempotency-key.js';
import { Balances, Quotes, TaskTypes, UsageReports } from './resources/account.js';
import { Tasks } from './resources/tasks.js';
import { Deliveries, Webhooks } from './resources/webhooks.js';
import { type ClientOptions, settingsFrom } from './settings.js';
import { Transport } from './transport.js';

/**
 * The HumanRail API.
 *
 * @example
 * const client = new HumanRail(); // key from HUMANRAIL_API_KEY
 * const task = await client.tasks.create({ type: 'content_review', payload: { text: '…' } });
 * const done = await client.tasks.waitForCompletion(task.id);
 */
export class HumanRail {
  readonly tasks: Tasks;
  readonly quotes: Quotes;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly taskTypes: TaskTypes;
  readonly usage: UsageReports;
  readonly balance: Balances;
  /** Where the API lives, without a slash at the end. */
  readonly baseUrl: string;
  readonly #idempotencyNamespace: string | undefined;

  constructor(options: ClientOptions = {}) {
    const settings = settingsFrom(options);
    const transport = new Transport(settings);
    this.baseUrl = settings.baseUrl;
    this.#idempotencyNamespace = settings.idempotencyNamespace;
    this.tasks = new Tasks(transport);
    this.quotes = new Quotes(transport);
    this.webhooks = new Webhooks(transport);
    this.deliveries = new Deliveries(transport);
    this.taskTypes = new TaskTypes(transport);
    this.usage = new UsageReports(transport);
    this.balance = new Balances(transport);
  }

  /** A key for the same question again, in this client's `idempotencyNamespace`. */
  idempotencyKey(...parts: string[]): string {
    if (this.#idempotencyNamespace === undefined) {
      throw new HumanRailError(
        'This client has no idempotencyNamespace: pass one to new HumanRail(), or use idempotencyKey(namespace, ...parts).',
      );
    }
    return idempotencyKey(this.#idempotencyNamespace, ...parts);
  }
}
