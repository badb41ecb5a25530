import { SCOPES } from '@/server/platform/actor';

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
        code: { ...text, description: 'Stable; made for programs.' },
        message: { ...text, description: 'A sentence for people; may change.' },
        param: { ...text, description: 'The first field at fault, as a dotted path.' },
        details: { description: 'Every fault, or facts such as `available_sats`.' },
        doc_url: text,
      },
    },
    request_id: text,
  },
};

/** What all operations share: how to sign in, and the headers of every answer. */
export const COMPONENTS = {
  securitySchemes: {
    apiKey: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'ek_live_… or ek_test_…',
      description: `An API key; \`ek_test_\` keys reach the sandbox only. Scopes: ${SCOPES.join(', ')}.`,
    },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Makes a retry safe: the same key and body get the first answer again for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 256 },
    },
  },
  headers: {
    'X-Request-Id': { description: 'Names this request in our logs.', schema: text },
    'RateLimit-Limit': { description: 'Requests a minute.', schema: { type: 'integer' } },
    'RateLimit-Remaining': {
      description: 'Requests that can follow at once.',
      schema: { type: 'integer' },
    },
    'RateLimit-Reset': {
      description: 'Seconds until the allowance is full again.',
      schema: { type: 'integer' },
    },
    'Idempotent-Replayed': {
      description: 'There, and `true`, where this is the answer of an earlier request.',
      schema: { type: 'string', enum: ['true'] },
    },
  },
};
