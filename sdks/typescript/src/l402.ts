import type { Call, Caller, Gatekeeper, RequestOptions } from './call.js';
import { HumanRailError } from './errors.js';
import { type L402Challenge, L402Error } from './l402/challenge.js';
import { failedAfterPayment } from './l402/failure.js';
import { challengeIn, isToken } from './l402/read-challenge.js';
import type { L402Purchase } from './types/generated/usage.js';
import { fromWire } from './wire-case.js';

export { type L402Challenge, L402Error } from './l402/challenge.js';
export type { L402RefundStatus } from './types/generated/enums.js';
export type { L402Purchase, L402Refund } from './types/generated/usage.js';

/** Pays the challenge's `invoice` and returns the preimage, 64 hex digits, that the payment revealed. */
export type PayInvoice = (challenge: L402Challenge) => Promise<string> | string;

export interface L402Options {
  /** What one task may cost at most, in sats. A larger challenge is rejected, not paid. */
  maxSats?: number;
  /** Pays. Without it the client only uses tokens, and a create without one rejects with its challenge. */
  pay?: PayInvoice;
}

/** A task's own calls, which its token opens: the task itself, its events, and its end. */
const ofTask = /^\/tasks\/([^/]+)(?:\/(?:events|cancel))?$/;

/**
 * Pays for each task over Lightning, in place of an API key.
 *
 * @example
 * const l402 = new L402({ maxSats: 2_000, pay: ({ invoice }) => wallet.pay(invoice) });
 * const client = new HumanRail({ l402 });
 * const { value } = await client.ask('Is it a cat?', { payload: { image_url }, returns: z.boolean() });
 */
export class L402 implements Gatekeeper {
  /** By the id of the task. A private field, so that printing a client does not reveal them. */
  readonly #tokens = new Map<string, string>();
  readonly #maxSats: number | undefined;
  readonly #pay: PayInvoice | undefined;
  #caller: Caller | undefined;

  /** @throws HumanRailError if `pay` has no `maxSats`, or either is invalid. */
  constructor({ maxSats, pay }: L402Options = {}) {
    if (pay !== undefined && typeof pay !== 'function') {
      throw new HumanRailError(
        'pay must be a function that pays an invoice and gives its preimage.',
      );
    }
    const isLimit = Number.isSafeInteger(maxSats) && (maxSats as number) > 0;
    if (maxSats === undefined ? pay !== undefined : !isLimit) {
      throw new HumanRailError(
        `maxSats is what one task may cost at most, a whole number of sats from 1, not ${maxSats}.`,
      );
    }
    this.#maxSats = maxSats;
    this.#pay = pay;
  }

  /** The token of a task that this client made or was given, a secret; else undefined. */
  tokenFor(taskId: string): string | undefined {
    return this.#tokens.get(taskId);
  }

  /** Lets this client read and cancel a task that was paid for elsewhere, such as before a restart. */
  useToken(taskId: string, token: string): void {
    this.#tokens.set(taskId, checked(token));
  }

  /** What was paid for a task, and its refund. */
  async purchase(taskId: string, options?: RequestOptions): Promise<L402Purchase> {
    return this.purchaseByToken(this.#tokenOf(taskId), options);
  }

  /** The same by token, for a payment without a task. */
  async purchaseByToken(token: string, options?: RequestOptions): Promise<L402Purchase> {
    if (!this.#caller) {
      throw new HumanRailError(
        'This L402 belongs to no client yet: pass it to new HumanRail({ l402 }).',
      );
    }
    const headers = { authorization: headerOf(checked(token)) };
    return fromWire(await this.#caller.request({ method: 'GET', path: '/l402', headers, options }));
  }

  /** @internal Called by the client that it is passed to. */
  attach(caller: Caller, apiKey: string | undefined): void {
    if (apiKey !== undefined) {
      throw new HumanRailError('Pass apiKey or l402, not both: a task is paid for in one way.');
    }
    if (this.#caller) {
      throw new HumanRailError('This L402 belongs to another client: make one for each.');
    }
    this.#caller = caller;
  }

  /** @internal Called by the client for each call. */
  send<T>(call: Call, send: (authorization?: string) => Promise<T>): Promise<T> {
    // It has its authorization already.
    if (call.path === '/l402') return send();
    if (call.method === 'POST' && call.path === '/tasks') return this.#create(call, send);
    return this.#read(call, send);
  }

  async #read<T>(call: Call, send: (authorization?: string) => Promise<T>): Promise<T> {
    const [, id] = ofTask.exec(call.path) ?? [];
    if (id === undefined) {
      throw new HumanRailError(
        `${call.method} ${call.path} needs an API key: a client that pays by L402 creates, reads and cancels single tasks.`,
      );
    }
    return send(headerOf(this.#tokenOf(decodeURIComponent(id))));
  }

  async #create<T>(call: Call, send: (authorization?: string) => Promise<T>): Promise<T> {
    const { l402Token, signal } = call.options ?? {};
    if (l402Token !== undefined) return this.#claim(checked(l402Token), undefined, send);
    let challenge: L402Challenge | undefined;
    try {
      return await send();
    } catch (error) {
      challenge = challengeIn(error);
      if (!challenge) throw error;
    }
    signal?.throwIfAborted();
    return this.#claim(await this.#paid(challenge), challenge, send);
  }

  /** Pays, once, and returns the token. */
  async #paid(challenge: L402Challenge): Promise<string> {
    const { amountSats } = challenge;
    if (!this.#pay || this.#maxSats === undefined) {
      throw new L402Error(
        `The task costs ${amountSats} sats, and this client has no way to pay: pass pay and maxSats to new L402(), or pay the challenge of this error yourself and create with { l402Token: error.challenge.token(preimage) }.`,
        { challenge },
      );
    }
    if (amountSats > this.#maxSats) {
      throw new L402Error(
        `Not paid: the task costs ${amountSats} sats, which is over maxSats, ${this.#maxSats}.`,
        { challenge },
      );
    }
    let preimage: string;
    try {
      preimage = await this.#pay(challenge);
    } catch (cause) {
      throw new L402Error(
        'pay failed, so the task was not created. If the wallet has paid all the same, create with { l402Token: error.challenge.token(preimage) }.',
        { challenge, cause },
      );
    }
    return challenge.token(preimage);
  }

  /** Creates the paid task. */
  async #claim<T>(
    token: string,
    challenge: L402Challenge | undefined,
    send: (authorization?: string) => Promise<T>,
  ): Promise<T> {
    try {
      const task = await send(headerOf(token));
      this.#tokens.set((task as { id: string }).id, token);
      return task;
    } catch (error) {
      throw failedAfterPayment(error, token, challenge);
    }
  }

  #tokenOf(taskId: string): string {
    const token = this.#tokens.get(taskId);
    if (token !== undefined) return token;
    throw new HumanRailError(
      `There is no token for task ${taskId}: give it back to this client by l402.useToken(taskId, token).`,
    );
  }
}

function headerOf(token: string): string {
  return `L402 ${token}`;
}

function checked(token: string): string {
  if (isToken(token)) return token;
  throw new HumanRailError(
    'This is no L402 token: it is the macaroon, a colon, and the 64 hex digits of the preimage.',
  );
}
