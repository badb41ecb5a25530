import { SCOPES } from '@/server/platform/actor';
import type { ErrorAnswer } from './operation';

const text = { type: 'string' } as const;

/** The body of every error. */
export const ERROR_SCHEMA = {
  type: 'object',
  required: ['error', 'request_id'],
  properties: {
    error: {
      type: 'object',
      required: ['type', 'code', 'message', 'doc_url'],
      properties: {
        type: {
          type: 'string',
          enum: [
            'validation_error',
            'authentication_error',
            'authorization_error',
            'insufficient_funds',
            'not_found',
            'conflict',
            'rate_limit_exceeded',
            'internal_error',
          ],
        },
        code: { ...text, description: 'Stable; for programs.' },
        message: { ...text, description: 'For people; may change.' },
        param: { ...text, description: 'The first invalid field, as a dotted path.' },
        details: { description: 'Every fault, or facts such as `available_sats`.' },
        doc_url: text,
      },
    },
    request_id: text,
  },
  example: {
    error: {
      type: 'validation_error',
      code: 'missing_field',
      message: 'payload is required.',
      param: 'payload',
      details: [{ param: 'payload', code: 'missing_field', message: 'payload is required.' }],
      doc_url: 'http://localhost:3000/docs/errors#missing_field',
    },
    request_id: 'req_4b1f0c9d2e7a48b6a1d35c8e9f0b7a62',
  },
};

/** The headers of every response. */
export const ANSWER_HEADERS = {
  'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' },
  'RateLimit-Limit': { $ref: '#/components/headers/RateLimit-Limit' },
  'RateLimit-Remaining': { $ref: '#/components/headers/RateLimit-Remaining' },
  'RateLimit-Reset': { $ref: '#/components/headers/RateLimit-Reset' },
};

/** The response of one status, with all its codes. */
export function errorResponse(
  errors: readonly ErrorAnswer[],
  headers: Record<string, unknown> = ANSWER_HEADERS,
) {
  const told = new Map<string, string>();
  for (const { code, description } of errors) {
    if (!told.get(code)) told.set(code, description ?? '');
  }
  return {
    description: [...told]
      .map(([code, description]) => (description ? `\`${code}\`: ${description}` : `\`${code}\``))
      .join('\n\n'),
    headers,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    'x-error-codes': [...told.keys()].toSorted(),
  };
}

const { 'X-Request-Id': REQUEST_ID } = ANSWER_HEADERS;
/** Responses of the front server, which has no rate limits. */
const UNCOUNTED = { 'X-Request-Id': REQUEST_ID };

interface SharedResponse {
  /** The name in `components.responses`. */
  name: string;
  error: ErrorAnswer;
  headers?: Record<string, unknown>;
}

const SHARED: SharedResponse[] = [
  {
    name: 'MethodNotAllowed',
    error: {
      status: 405,
      code: 'method_not_allowed',
      description: '`Allow` lists the allowed methods.',
    },
    headers: { ...ANSWER_HEADERS, Allow: { $ref: '#/components/headers/Allow' } },
  },
  {
    name: 'RequestTimeout',
    error: {
      status: 408,
      code: 'request_timeout',
      description: 'The request did not arrive within a minute.',
    },
    headers: UNCOUNTED,
  },
  { name: 'BodyTooLarge', error: { status: 413, code: 'body_too_large' } },
  {
    name: 'UnsupportedMediaType',
    error: {
      status: 415,
      code: 'unsupported_media_type',
      description: 'Send `application/json`, uncompressed.',
    },
  },
  {
    name: 'HostNotServed',
    error: {
      status: 421,
      code: 'host_not_served',
      description: 'The `Host` is not served by this instance.',
    },
    headers: UNCOUNTED,
  },
  {
    name: 'RateLimitExceeded',
    error: { status: 429, code: 'rate_limit_exceeded', description: '`Retry-After` says when.' },
    headers: { ...ANSWER_HEADERS, 'Retry-After': { $ref: '#/components/headers/Retry-After' } },
  },
  {
    name: 'HeadersTooLarge',
    error: { status: 431, code: 'headers_too_large' },
    headers: UNCOUNTED,
  },
  { name: 'InternalError', error: { status: 500, code: 'internal_error' } },
];

/** Responses that every operation shares, by status. */
export const SHARED_RESPONSES = new Map(SHARED.map((shared) => [shared.error.status, shared]));

const responses = Object.fromEntries(
  SHARED.map(({ name, error, headers }) => [name, errorResponse([error], headers)]),
);

/** Shared by all operations: authentication, and response headers. */
export const COMPONENTS = {
  securitySchemes: {
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'ek_live_… or ek_test_…',
      description: `An API key; \`ek_test_\` keys reach the sandbox only. Scopes: ${SCOPES.join(', ')}.`,
    },
    l402: {
      type: 'http',
      scheme: 'L402',
      description:
        '`L402 <macaroon>:<preimage>`: the token of one task paid over Lightning. If the instance offers it, a create without a key responds with 402, a macaroon and the invoice to pay. The token can only read and cancel that task.',
    },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Makes retries safe: the same key and body return the first response for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 256 },
    },
  },
  responses,
  headers: {
    Allow: { description: 'Methods of this path, separated by commas.', schema: text },
    'Retry-After': { description: 'Whole seconds to wait.', schema: { type: 'integer' } },
    'X-Request-Id': { description: 'Identifies this request in our logs.', schema: text },
    'RateLimit-Limit': { description: 'Requests per minute.', schema: { type: 'integer' } },
    'RateLimit-Remaining': {
      description: 'Requests remaining.',
      schema: { type: 'integer' },
    },
    'RateLimit-Reset': {
      description: 'Seconds until the limit is fully reset.',
      schema: { type: 'integer' },
    },
    'Idempotent-Replayed': {
      description: '`true` if this is the stored response of an earlier request; absent otherwise.',
      schema: { type: 'string', enum: ['true'] },
    },
  },
};
