import { clock } from '@/server/platform/clock';
import { hashJsonInTurns } from '@/server/platform/crypto';
import { AppError, Forbidden } from '@/server/platform/errors';
import { log, withLogContext } from '@/server/platform/log';
import { type Consume, consume } from '@/server/platform/rate-limit';
import { fromNetwork } from '@/server/platform/request-network';
import { onTestClock } from '@/server/platform/test-clock';
import { clientNetwork } from '../network';
import {
  assertDeclaredError,
  assertDeclaredReply,
  storable,
  storedResponse,
  textResponse,
  toResponse,
  UndeclaredAnswer,
} from './answers';
import { type Authenticate, bearerKeyOf, registeredAuthenticator } from './authenticate';
import { type ErrorBody, errorBody, InternalError } from './error-body';
import { type ClaimKey, claimInPostgres, type StoredAnswer } from './idempotency';
import { RateLimitExceeded, rateLimitHeaders, requestLimit } from './limits';
import type { KeyActor, Operation, RawInput, RawReply } from './operation';
import { readInput } from './read-input';
import { requestIdOf } from './request-id';
import { whileKeyCounts } from './while-key-counts';

/** nginx's status for a client that disconnected; only appears in logs. */
const CLIENT_CLOSED_REQUEST = 499;

/** Dependencies of the door; overridden by tests and other dialects. */
export interface DoorOptions {
  authenticate?: Authenticate;
  consume?: Consume;
  claimKey?: ClaimKey;
  errorBody?: ErrorBody;
}

/** 403: the key lacks the scope. */
export class MissingScope extends Forbidden {
  static readonly status = 403;
  static readonly code = 'missing_scope';
  constructor(scope: string) {
    super('missing_scope', `This key lacks the scope ${scope}. Use a key that has it.`, {
      details: { scope },
    });
  }
}

/** CORS headers for pages of any origin that use an API key; cookies are never accepted here. */
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'X-Request-Id, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After, Idempotent-Replayed, Allow, WWW-Authenticate',
};

/** A request in progress, with its response headers. */
interface Passage {
  request: Request;
  requestId: string;
  headers: Record<string, string>;
}

/** Handles requests: validates them, calls the operation, and writes the response. */
export interface Door {
  handle(operation: Operation, request: Request, params: unknown): Promise<Response>;
  refuse(request: Request, error: AppError): Promise<Response>;
  preflight(request: Request, allow: readonly string[]): Response;
  /**
   * For other protocols: authenticates and rate-limits the key as for an operation, and adds the
   * common headers to the response of `serve`.
   */
  admit(request: Request, serve: (actor: KeyActor) => Promise<Response>): Promise<Response>;
  /** Adds the common headers to a response that needs no key and is not rate-limited. */
  open(request: Request, reply: RawReply): Response;
}

export function createDoor(options: DoorOptions = {}): Door {
  const authenticate = options.authenticate ?? registeredAuthenticator;
  const count = options.consume ?? consume;
  const claimKey = options.claimKey ?? claimInPostgres;
  const renderError = options.errorBody ?? errorBody;

  function begin(request: Request): Passage {
    const requestId = requestIdOf(request);
    return {
      request,
      requestId,
      headers: { ...CORS, 'X-Request-Id': requestId, 'Cache-Control': 'no-store' },
    };
  }

  async function limit(passage: Passage, key: string): Promise<void> {
    const state = await count(key, requestLimit());
    Object.assign(passage.headers, rateLimitHeaders(state));
    if (!state.allowed) throw new RateLimitExceeded(state);
  }

  async function identify(passage: Passage, operation: Operation): Promise<KeyActor | null> {
    if (operation.public) {
      await limit(passage, `address:${clientNetwork(passage.request.headers)}`);
      return null;
    }
    const actor = await identifyKey(passage);
    if (operation.scope && !actor.scopes.includes(operation.scope)) {
      throw new MissingScope(operation.scope);
    }
    if (actor.writesRefused && operation.scope?.endsWith(':write')) throw actor.writesRefused;
    return actor;
  }

  async function identifyKey(passage: Passage): Promise<KeyActor> {
    let actor: KeyActor;
    try {
      actor = await authenticate(bearerKeyOf(passage.request));
    } catch (error) {
      // Rate-limits guessing of keys.
      await limit(passage, `address:${clientNetwork(passage.request.headers)}`);
      throw error;
    }
    await limit(passage, `key:${actor.keyId}`);
    return actor;
  }

  /** Selects the handler: by token if the request has or requests one. A promise only if it must be looked up. */
  function chosen(operation: Operation, request: Request): Operation | Promise<Operation> {
    const { byToken } = operation;
    if (!byToken) return operation;
    const taken = byToken.takes(request);
    if (taken === false) return operation;
    if (taken === true) return byToken.operation;
    return taken.then((isTaken) => (isTaken ? byToken.operation : operation));
  }

  async function answer(passage: Passage, operation: Operation, params: unknown) {
    const actor = await identify(passage, operation);
    const read = await readInput(operation, passage.request, params);
    const input: RawInput = {
      ...read,
      actor,
      requestId: passage.requestId,
      // Created on demand, because it takes a large share of a fast request.
      get signal() {
        return passage.request.signal;
      },
    };
    const { idempotencyKey } = input;
    if (operation.idempotency !== 'stored' || !actor || idempotencyKey === undefined) {
      const reply = await onTestClock(actor, () => operation.handle(input));
      assertDeclaredReply(operation, reply);
      const response = toResponse(passage.headers, reply);
      const mayBeStream = reply instanceof Response && !operation.public;
      return mayBeStream ? endWithKey(passage, response) : response;
    }
    const hash = await hashJsonInTurns([
      operation.id,
      input.params,
      input.query,
      input.body ?? null,
    ]);
    const claim = await claimKey(actor, idempotencyKey, hash);
    if (claim.kind === 'replay') {
      return storedResponse(passage.headers, claim.answer, { 'Idempotent-Replayed': 'true' });
    }
    let stored: StoredAnswer;
    try {
      const reply = await onTestClock(actor, () => operation.handle(input));
      assertDeclaredReply(operation, reply);
      stored = storable(operation, reply);
    } catch (error) {
      await claim.release();
      throw error;
    }
    if (stored.status < 300) await claim.keep(stored);
    else await claim.release();
    return storedResponse(passage.headers, stored);
  }

  /** Ends an event stream once its key is revoked or expires. */
  function endWithKey({ request }: Passage, response: Response): Response {
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (!isStream || !response.body) return response;
    const body = whileKeyCounts(response.body, () => authenticate(bearerKeyOf(request)));
    return new Response(body, response);
  }

  function toError(passage: Passage, error: unknown): AppError {
    if (error instanceof AppError) return error;
    if (error instanceof UndeclaredAnswer) throw error;
    log.error({ err: error, requestId: passage.requestId }, 'A request failed');
    return new InternalError(error);
  }

  function refusal(passage: Passage, error: AppError): Response {
    return textResponse(JSON.stringify(renderError(error, passage.requestId)), error.status, {
      ...passage.headers,
      ...error.headers,
      'Content-Type': 'application/json',
    });
  }

  return {
    handle(mounted, request, params) {
      const passage = begin(request);
      const startMs = clock.nowMs();
      const serve = async () => {
        let response: Response;
        let operation = mounted;
        try {
          const choice = chosen(mounted, request);
          operation = choice instanceof Promise ? await choice : choice;
          response = await answer(passage, operation, params);
        } catch (error) {
          if (request.signal.aborted && !(error instanceof AppError)) {
            response = new Response(null, { status: CLIENT_CLOSED_REQUEST });
          } else {
            const known = toError(passage, error);
            assertDeclaredError(operation, known);
            response = refusal(passage, known);
          }
        }
        const durationMs = clock.nowMs() - startMs;
        log.debug({ operation: operation.id, status: response.status, durationMs }, 'Answered');
        return response;
      };
      return withLogContext({ requestId: passage.requestId }, () =>
        fromNetwork(clientNetwork(request.headers), serve),
      );
    },

    async refuse(request, error) {
      const passage = begin(request);
      try {
        await limit(passage, `address:${clientNetwork(request.headers)}`);
      } catch (limited) {
        return refusal(passage, toError(passage, limited));
      }
      return refusal(passage, error);
    },

    admit(request, serve) {
      const passage = begin(request);
      return withLogContext({ requestId: passage.requestId }, async () => {
        try {
          const served = await serve(await identifyKey(passage));
          const headers = new Headers(served.headers);
          for (const [name, value] of Object.entries(passage.headers)) headers.set(name, value);
          return endWithKey(passage, new Response(served.body, { status: served.status, headers }));
        } catch (error) {
          return refusal(passage, toError(passage, error));
        }
      });
    },

    open(request, reply) {
      return toResponse(begin(request).headers, reply);
    },

    preflight(request, allow) {
      const methods = allow.join(', ');
      return new Response(null, {
        status: 204,
        headers: {
          ...begin(request).headers,
          Allow: methods,
          'Access-Control-Allow-Methods': methods,
          'Access-Control-Allow-Headers':
            'Authorization, Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id, traceparent, tracestate',
          'Access-Control-Max-Age': '86400',
        },
      });
    },
  };
}
