import { type ZodObject, type ZodRawShape, type ZodType, z } from 'zod';
import type { Actor, PurchaseActor, Scope } from '@/server/platform/actor';

/** Who calls the REST API: an organization's key. */
export type KeyActor = Extract<Actor, { kind: 'key' }>;

/** Who calls an operation that takes L402 tokens as well. */
export type Caller = KeyActor | PurchaseActor;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An error an operation can answer with. A class with these two as statics is one as well. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly description?: string;
}

/** One call as the documentation shows it. */
export interface Example {
  /** Of the path. */
  params?: Readonly<Record<string, string>>;
  body?: unknown;
  /** The body of a success, whichever its status; left out where it has none. */
  answer?: unknown;
}

/** A success an operation can answer with; without a schema the answer has no body. */
export interface SuccessAnswer {
  description: string;
  schema?: ZodType;
  /** The body's type where it is not JSON, such as `text/event-stream`. */
  contentType?: string;
  /** Other types the caller can ask for by `Accept`, and what they hold. */
  alternatives?: Readonly<Record<string, ZodType>>;
}

type Answers = Record<number, SuccessAnswer>;
/** What is only written out may be read-only, as the literals of a handler are. */
type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
type BodyOf<A> = A extends { schema: infer S extends ZodType }
  ? { body: DeepReadonly<z.input<S>> }
  : object;

/** What a handler gives back: one of the declared statuses with its body, or a whole response. */
export type Reply<A extends Answers> =
  | { [S in keyof A]: { status: S; headers?: Record<string, string> } & BodyOf<A[S]> }[keyof A]
  | Response;

type OutputOf<S, Absent> = S extends ZodType ? z.output<S> : Absent;
type Nothing = Record<string, never>;

export interface HandlerInput<P, Q, B, Public extends boolean> {
  actor: Public extends true ? null : Caller;
  params: OutputOf<P, Nothing>;
  query: OutputOf<Q, Nothing>;
  body: OutputOf<B, undefined>;
  headers: Headers;
  request: Request;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
  /** From the `Idempotency-Key` header. */
  idempotencyKey: string | undefined;
  requestId: string;
}

interface Declaration<
  P extends ZodObject | undefined,
  Q extends ZodObject | undefined,
  B extends ZodType | undefined,
  A extends Answers,
  Public extends boolean,
> {
  /** Noun and verb, such as `tasks.create`; OpenAPI's operationId and the name in logs. */
  id: string;
  method: Method;
  /** With parameters in braces, such as `/v1/tasks/{id}`. */
  path: `/${string}`;
  /** The scope a key must have. */
  scope?: Scope;
  /** True where no key is needed. */
  public?: Public;
  /** True where an L402 token takes the place of a key. */
  takesToken?: boolean;
  summary: string;
  description?: string;
  tag: string;
  /** Of the path; where a value does not fit, the answer is 404. */
  params?: P;
  query?: Q;
  /** Headers the handler reads, by name, and what they say. */
  headers?: Readonly<Record<string, string>>;
  body?: B;
  /** True where no body at all is fine; the handler then gets `undefined`. */
  bodyOptional?: boolean;
  /**
   * True where the handler holds the body's items one by one against `checkJson`, so that a text
   * which cannot be kept refuses its own item only.
   */
  checksItems?: boolean;
  responses: A;
  /** What the handler's use case can throw. What the door itself throws need not be told. */
  errors: readonly ErrorAnswer[];
  /**
   * `stored`: the first answer under an `Idempotency-Key` is kept for 24 hours and given again.
   * `handler`: the use case sees to it itself. `none`: the header has no effect.
   */
  idempotency: 'none' | 'stored' | 'handler';
  /** Defaults to 1 MiB. The server in front of Next knows the larger ones (`scripts/serving`). */
  maxBodyBytes?: number;
  /** For the documentation; every operation of the public API has one. */
  example?: Example;
  handler: (input: HandlerInput<P, Q, B, Public>) => Promise<Reply<A>>;
}

/** What the door knows when it calls a handler, before the operation's own types. */
export interface RawInput {
  actor: Caller | null;
  params: unknown;
  query: unknown;
  body: unknown;
  headers: Headers;
  request: Request;
  signal: AbortSignal;
  idempotencyKey: string | undefined;
  requestId: string;
}

/** What a handler gave, before the operation's own types. */
export type RawReply =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | Response;

/** An endpoint: route, checks, documentation and handler in one object. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly scope: Scope | undefined;
  readonly public: boolean;
  readonly summary: string;
  readonly description: string | undefined;
  readonly tag: string;
  readonly params: ZodObject | undefined;
  readonly query: ZodObject | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ZodType | undefined;
  readonly bodyOptional: boolean;
  readonly checksItems: boolean;
  readonly responses: Readonly<Record<number, SuccessAnswer>>;
  readonly errors: readonly ErrorAnswer[];
  readonly idempotency: 'none' | 'stored' | 'handler';
  readonly maxBodyBytes: number;
  readonly example: Example | undefined;
  readonly handle: (input: RawInput) => Promise<RawReply>;
  /** What answers requests by an L402 token in its place; see `alsoByToken`. */
  readonly byToken?: ByToken;
  /** True where an L402 token takes the place of a key. */
  readonly takesToken: boolean;
}

/** Answers requests that come with an L402 token, or with nothing where that is how to get one. */
export interface ByToken {
  takes(request: Request): boolean | Promise<boolean>;
  operation: Operation;
}

export const BODY_BYTES_DEFAULT = 1024 * 1024;

/** An object schema that refuses fields it does not name, unless it says what they should be. */
function strict<S extends ZodType>(schema: S): S {
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) {
    const closed = (schema as ZodObject<ZodRawShape>).strict();
    // The copy keeps the name that the documentation gives the schema.
    const meta = schema.meta();
    return (meta ? closed.meta(meta) : closed) as unknown as S;
  }
  return schema;
}

/**
 * Declares an endpoint.
 * @throws Error at start where the declaration contradicts itself.
 */
export function operation<
  const A extends Answers,
  P extends ZodObject | undefined = undefined,
  Q extends ZodObject | undefined = undefined,
  B extends ZodType | undefined = undefined,
  Public extends boolean = false,
>(declaration: Declaration<P, Q, B, A, Public>): Operation {
  const { id, method, path, params, body } = declaration;
  const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).toSorted();
  const described = Object.keys(params?.shape ?? {}).toSorted();
  if (named.join() !== described.join()) {
    throw new Error(
      `${id}: ${path} has the parameters [${named}], but params describes [${described}].`,
    );
  }
  if (method === 'GET' && body) throw new Error(`${id}: a GET takes no body.`);
  if (declaration.public && declaration.scope)
    throw new Error(`${id}: public calls have no scope.`);
  if (declaration.public && declaration.idempotency === 'stored') {
    throw new Error(`${id}: stored answers belong to an organization, so the call needs a key.`);
  }
  return Object.freeze({
    id,
    method,
    path,
    scope: declaration.scope,
    public: declaration.public ?? false,
    takesToken: declaration.takesToken ?? false,
    summary: declaration.summary,
    description: declaration.description,
    tag: declaration.tag,
    params,
    query: declaration.query ? strict(declaration.query as ZodObject) : undefined,
    headers: declaration.headers ?? {},
    body: body ? strict(body as ZodType) : undefined,
    bodyOptional: declaration.bodyOptional ?? false,
    checksItems: declaration.checksItems ?? false,
    responses: declaration.responses,
    errors: declaration.errors,
    idempotency: declaration.idempotency,
    maxBodyBytes: declaration.maxBodyBytes ?? BODY_BYTES_DEFAULT,
    example: declaration.example,
    handle: declaration.handler as unknown as Operation['handle'],
  });
}
