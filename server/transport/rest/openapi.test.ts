import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createWidget, listWidgets, ping, stopWidget } from './fixtures/widgets';
import { openApiDocument } from './openapi';
import { operation } from './operation';

const Thing = z.object({ id: z.string(), size: z.int().default(1) }).meta({ id: 'Thing' });

const createThing = operation({
  id: 'things.create',
  method: 'PUT',
  path: '/v1/things/{id}',
  summary: 'Save a thing',
  tag: 'Things',
  params: z.object({ id: z.string().describe('Its id.') }),
  body: Thing,
  responses: { 200: { description: 'Saved.', schema: z.object({ data: z.array(Thing) }) } },
  errors: [{ status: 409, code: 'thing_taken', description: 'Somebody has it.' }],
  idempotency: 'stored',
  handler: async ({ body }) => ({ status: 200, body: { data: [body] } }),
});

interface Response {
  $ref?: string;
  'x-error-codes'?: string[];
}

interface Document {
  paths: Record<string, Record<string, Record<string, never>>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, Response> };
}
const all = [createWidget, listWidgets, stopWidget, ping, createThing];
const document = openApiDocument(all) as unknown as Document;

describe('the OpenAPI document', () => {
  it('has every operation, and is the same text every time', () => {
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    expect(JSON.stringify(openApiDocument(all))).toBe(JSON.stringify(document));
  });

  it('tells parameters of path and query, and the idempotency key', () => {
    expect(document.paths['/v1/things/{id}']?.put?.parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        required: true,
        description: 'Its id.',
        schema: { type: 'string' },
      },
      { $ref: '#/components/parameters/IdempotencyKey' },
    ]);
    expect(document.paths['/v1/widgets']?.get?.parameters).toMatchObject([
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
      { name: 'status', schema: { type: 'array' } },
      { name: 'metadata', style: 'deepObject', explode: true },
    ]);
  });

  it('refuses unknown fields in what is sent, and leaves answers open to growth', () => {
    const { schemas } = document.components;
    expect(schemas.ThingInput).toMatchObject({ required: ['id'], additionalProperties: false });
    expect(schemas.Thing).toMatchObject({ required: ['id', 'size'] });
    expect(schemas.Thing).not.toHaveProperty('additionalProperties');
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('has the errors of the operation and those of the door', () => {
    const codes = (path: string, method: string) => {
      const responses = document.paths[path]?.[method]?.responses ?? {};
      return Object.fromEntries(
        Object.entries(responses as Record<string, Response>).map(([status, response]) => {
          const shared = document.components.responses[response.$ref?.split('/').at(-1) ?? ''];
          return [status, (shared ?? response)['x-error-codes']];
        }),
      );
    };
    expect(codes('/v1/things/{id}', 'put')).toEqual({
      200: undefined,
      400: ['invalid_field', 'malformed_json', 'missing_field', 'unknown_field', 'unsafe_number'],
      401: ['invalid_api_key', 'revoked_api_key'],
      404: ['not_found'],
      405: ['method_not_allowed'],
      408: ['request_timeout'],
      409: ['idempotency_in_flight', 'idempotency_mismatch', 'thing_taken'],
      413: ['body_too_large'],
      415: ['unsupported_media_type'],
      421: ['host_not_served'],
      429: ['rate_limit_exceeded'],
      431: ['headers_too_large'],
      500: ['internal_error'],
    });
    expect(Object.keys(codes('/v1/ping', 'post'))).toEqual([
      '200',
      '400',
      '405',
      '408',
      '413',
      '415',
      '421',
      '429',
      '431',
      '500',
    ]);
    expect(Object.keys(codes('/v1/widgets/{id}/stop', 'post'))).toContain('403');
  });

  it('refuses two operations of one id', () => {
    expect(() => openApiDocument([ping, ping])).toThrow('Two operations are called ping');
  });
});

describe('operation()', () => {
  it('refuses a declaration that contradicts itself', () => {
    const base = {
      id: 'x',
      method: 'GET',
      path: '/v1/x/{id}',
      summary: '',
      tag: 'X',
      responses: { 204: { description: '' } },
      errors: [],
      idempotency: 'none',
      handler: async () => ({ status: 204 as const }),
    } as const;
    expect(() => operation(base)).toThrow('params describes []');
    const params = z.object({ id: z.string() });
    expect(() => operation({ ...base, params, body: z.object({}) })).toThrow('cannot have a body');
    expect(() => operation({ ...base, params, public: true, scope: 'tasks:read' })).toThrow(
      'have no scope',
    );
  });
});
