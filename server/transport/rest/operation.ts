import { type ZodObject, type ZodRawShape, type ZodType, z } from 'zod';
import type { Actor, PurchaseActor, Scope } from '@/server/platform/actor';

/** The caller of the REST API: an organization's key. */
export type KeyActor = Extract<Actor, { kind: 'key' }>;

/** The caller of an operation that also accepts L402 tokens. */
export type Caller = KeyActor | PurchaseActor;

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** An error of an operation. A class with these two as statics qualifies as well. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly description?: string;
}

/** An example call for the documentation. */
export interface Example {
  /** Path parameters. */
  params?: Readonly<Record<string, string>>;
  body?: unknown;
  /** The body of a success; omitted if there is none. */
  answer?: unknown;
}

/** A success of an operation; without a schema the response has no body. */
export interface SuccessAnswer {
  description: string;
  schema?: ZodType;
  /** The content type if not JSON, such as `text/event-stream`. */
  contentType?: string;
  /** Other content types available through `Accept`, with their schemas. */
  alternatives?: Readonly<Record<string, ZodType>>;
}

type Answers = Record<number, SuccessAnswer>;
/** Values that are only serialized may be read-only, such as literals. */
type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;
type BodyOf<A> = A extends { schema: infer S extends ZodType }
  ? { body: DeepReadonly<z.input<S>> }
  : object;

/** A handler's result: a declared status with its body, or a whole response. */
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
  /** Aborted when the client disconnects. */
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
  /** The scope a key needs. */
  scope?: Scope;
  /** Whether no key is needed. */
  public?: Public;
  /** Whether an L402 token is accepted instead of a key. */
  takesToken?: boolean;
  summary: string;
  description?: string;
  tag: string;
  /** Path parameters; an invalid value gives 404. */
  params?: P;
  query?: Q;
  /** Headers the handler reads, with descriptions. */
  headers?: Readonly<Record<string, string>>;
  body?: B;
  /** Whether the body is optional; the handler then gets `undefined`. */
  bodyOptional?: boolean;
  /**
   * Whether the handler validates the body's items individually with `checkJson`, so that text
   * which cannot be stored only rejects its own item.
   */
  checksItems?: boolean;
  responses: A;
  /** Errors of the handler's use case; the transport's own errors are implied. */
  errors: readonly ErrorAnswer[];
  /**
   * `stored`: the first response with an `Idempotency-Key` is stored for 24 hours and replayed.
   * `handler`: the use case handles it. `none`: the header is ignored.
   */
  idempotency: 'none' | 'stored' | 'handler';
  /** Defaults to 1 MiB. The front server knows larger limits (`scripts/serving`). */
  maxBodyBytes?: number;
  /** For the documentation; required for every public operation. */
  example?: Example;
  handler: (input: HandlerInput<P, Q, B, Public>) => Promise<Reply<A>>;
}

/** A handler's input before the operation's own types. */
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

/** A handler's result before the operation's own types. */
export type RawReply =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | Response;

/** An endpoint: route, validation, documentation and handler in one object. */
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
  /** Handles requests with an L402 token instead; see `alsoByToken`. */
  readonly byToken?: ByToken;
  /** Whether an L402 token is accepted instead of a key. */
  readonly takesToken: boolean;
}

/** Handles requests with an L402 token, or without credentials if that is how to get one. */
export interface ByToken {
  takes(request: Request): boolean | Promise<boolean>;
  operation: Operation;
}

export const BODY_BYTES_DEFAULT = 1024 * 1024;

/** Makes an object schema reject unknown fields, unless it defines a catch-all. */
function strict<S extends ZodType>(schema: S): S {
  if (schema instanceof z.ZodObject && schema.def.catchall === undefined) {
    const closed = (schema as ZodObject<ZodRawShape>).strict();
    // Keeps the schema's name in the documentation.
    const meta = schema.meta();
    return (meta ? closed.meta(meta) : closed) as unknown as S;
  }
  return schema;
}

/**
 * Declares an endpoint.
 * @throws Error at start if the declaration is inconsistent.
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
  if (method === 'GET' && body) throw new Error(`${id}: a GET cannot have a body.`);
  if (declaration.public && declaration.scope)
    throw new Error(`${id}: public calls have no scope.`);
  if (declaration.public && declaration.idempotency === 'stored') {
    throw new Error(
      `${id}: stored responses belong to an organization, so the operation needs a key.`,
    );
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
