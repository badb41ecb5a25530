import { type ApprovalOptions, guarded } from './approval.js';
import { type Answer, type AskOptions, ask } from './ask.js';
import { HumanRailError } from './errors.js';
import { idempotencyKey } from './idempotency-key.js';
import { Balances, Deposits, Quotes, TaskTypes, UsageReports } from './resources/account.js';
import { Golds } from './resources/golds.js';
import { Tasks } from './resources/tasks.js';
import { TestMode } from './resources/test-mode.js';
import { Deliveries, Webhooks } from './resources/webhooks.js';
import type { AnswerOf, Returns } from './returns.js';
import { type ClientOptions, settingsFrom } from './settings.js';
import { Transport } from './transport.js';

/**
 * The HumanRail API.
 *
 * @example
 * const client = new HumanRail(); // key from HUMANRAIL_API_KEY
 * const { value } = await client.ask('Is it a cat?', { payload: { image_url }, returns: z.boolean() });
 */
export class HumanRail {
  readonly tasks: Tasks;
  readonly quotes: Quotes;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  readonly taskTypes: TaskTypes;
  readonly golds: Golds;
  readonly usage: UsageReports;
  readonly balance: Balances;
  readonly deposits: Deposits;
  /** For rehearsals, with a test key. */
  readonly test: TestMode;
  /** The API's base URL, without a trailing slash. */
  readonly baseUrl: string;
  readonly #idempotencyNamespace: string | undefined;

  constructor(options: ClientOptions = {}) {
    const settings = settingsFrom(options);
    const transport = new Transport(settings);
    settings.l402?.attach(transport, options.apiKey);
    this.baseUrl = settings.baseUrl;
    this.#idempotencyNamespace = settings.idempotencyNamespace;
    this.tasks = new Tasks(transport);
    this.quotes = new Quotes(transport);
    this.webhooks = new Webhooks(transport);
    this.deliveries = new Deliveries(transport);
    this.taskTypes = new TaskTypes(transport);
    this.golds = new Golds(transport);
    this.usage = new UsageReports(transport);
    this.balance = new Balances(transport);
    this.deposits = new Deposits(transport);
    this.test = new TestMode(transport);
  }

  /**
   * Asks people one question, waits for the verified answer and returns it, typed by `returns`. The
   * same question again finds the same task, also after a crash: see `key`.
   *
   * @throws TaskFailedError, TaskExpiredError, TaskCancelledError if the task ended without an
   *   answer; TaskTimeoutError when `timeoutMs` has elapsed; AnswerMismatchError if the answer does
   *   not satisfy `returns`. All of them contain the `task`.
   * @example
   * const { value, confidence } = await client.ask('Approve this refund?', {
   *   payload: { order_id: 'o-1', amount: 12.5 },
   *   returns: z.object({ approved: z.boolean(), reason: z.string().optional() }),
   * });
   */
  ask<
    const R extends Returns | undefined = undefined,
    const Type extends string | undefined = undefined,
  >(question: string, options: AskOptions<R, Type> = {}): Promise<Answer<AnswerOf<R, Type>>> {
    return ask<R, Type>(this.tasks, question, options);
  }

  /**
   * Guards a function that an agent may call: a person sees the arguments and allows the call, or
   * denies it with a reason. Each call requires a new approval, even with the same arguments,
   * because an approval is of one call: see `key` for the exception.
   *
   * @throws ApprovalDeniedError, with the `reason`, if the call was denied; what `ask` throws
   *   if there was no answer. The function has then not run.
   * @example
   * const refund = client.requireApproval(issueRefund, { tool: 'issue_refund' });
   * await refund({ order_id: 'o-1', amount: 12.5 });
   */
  requireApproval<Args extends readonly unknown[], Result>(
    fn: (...args: Args) => Result | Promise<Result>,
    options: ApprovalOptions<Args>,
  ): (...args: Args) => Promise<Result> {
    return guarded((question, asked) => this.ask(question, asked), fn, options);
  }

  /** A deterministic idempotency key in this client's `idempotencyNamespace`. */
  idempotencyKey(...parts: string[]): string {
    if (this.#idempotencyNamespace === undefined) {
      throw new HumanRailError(
        'This client has no idempotencyNamespace: pass one to new HumanRail(), or use idempotencyKey(namespace, ...parts).',
      );
    }
    return idempotencyKey(this.#idempotencyNamespace, ...parts);
  }
}
