import { describe, expect, it } from 'vitest';
import { bodyBytesMax } from '@/scripts/serving/body-limit.mjs';
import { ERROR_TYPES } from '@/server/docs/error-codes';
import { findPage } from '@/server/docs/page-text';
import { about, operations } from './rest';
import { openApiDocument } from './transport/rest/openapi';

type Json = Record<string, unknown>;
interface Described {
  operationId: string;
  requestBody?: { content: Record<string, Json> };
  responses: Record<string, { $ref?: string; content?: Record<string, Json> }>;
}

const document = openApiDocument(operations, about) as unknown as {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, Json>; responses: Record<string, Json> };
};
const described = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/** Every error code of the document, with the status it comes with. */
function errorCodes(value: unknown, status = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = (value as { 'x-error-codes'?: string[] })['x-error-codes'] ?? [];
  return [
    ...own.map((code) => `${status} ${code}`),
    ...Object.entries(value).flatMap(([key, inner]) => errorCodes(inner, key)),
  ];
}

/** Every reference of the document, wherever it stands. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('the description of the public API', () => {
  it('names what customers hold in their hands', () => {
    const { schemas } = document.components;
    for (const name of [
      'Task',
      'Event',
      'Error',
      'Endpoint',
      'Delivery',
      'TaskType',
      'Usage',
      'Quote',
      'Receipt',
      'Balance',
    ]) {
      expect(schemas).toHaveProperty(name);
    }
    expect(Object.keys(schemas).filter((name) => !/^(L402)?[A-Z][A-Za-z]+$/.test(name))).toEqual(
      [],
    );
  });

  it('refers to nothing that is not there, and to no type that contains itself, which generators drop', () => {
    const known = JSON.parse(JSON.stringify(document)) as Json;
    const find = (ref: string) =>
      ref
        .slice(2)
        .split('/')
        .reduce<unknown>((at, key) => (at as Json | undefined)?.[key], known);
    expect(references(document).filter((ref) => find(ref) === undefined)).toEqual([]);
    const reaches = (ref: string, seen: string[] = []): boolean =>
      seen.includes(ref) || references(find(ref)).some((next) => reaches(next, [...seen, ref]));
    expect(references(document).filter((ref) => reaches(ref))).toEqual([]);
  });

  it.each(described.map((operation) => [operation.operationId, operation] as const))(
    '%s answers with named objects, and lists each status it can answer',
    (_id, { responses, requestBody }) => {
      const statuses = [
        '405',
        '408',
        '413',
        '421',
        '429',
        '431',
        '500',
        ...(requestBody ? ['415'] : []),
      ];
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(statuses));
      const success = Object.entries(responses).filter(([status]) => status < '300');
      for (const [, { content }] of success) {
        const schema = content?.['application/json']?.schema as Json;
        if (_id !== 'openapi.get') expect(schema).toHaveProperty('$ref');
      }
      if (requestBody)
        expect(requestBody.content['application/json']?.schema).toHaveProperty('$ref');
    },
  );
});

it('each error code has its place on the page that doc_url leads to, with its status', () => {
  const { paths, components } = document;
  const codes = new Set(errorCodes(paths));
  for (const response of Object.values(components.responses)) {
    for (const code of response['x-error-codes'] as string[]) codes.add(code);
  }
  const shown = ERROR_TYPES.flatMap((type) =>
    type.codes.flatMap(({ status, code }) => [`${status} ${code}`, code]),
  );
  expect([...codes].filter((code) => !shown.includes(code))).toEqual([]);
  expect(shown).toHaveLength(new Set(shown).size);
});

it('each error code is a heading of that page, by its own name', async () => {
  const headings = new Map((await findPage('errors'))?.sections.map(({ id, text }) => [id, text]));
  for (const { codes } of ERROR_TYPES) {
    for (const { code, status } of codes) {
      expect(headings.get(code)).toContain(`**Status ${status}.**`);
    }
  }
});

describe.each(operations.map((operation) => [operation.id, operation] as const))(
  '%s',
  (_id, operation) => {
    it('has an example of each part, which its own checks accept', () => {
      const { example, params, body } = operation;
      const [first] = Object.values(operation.responses);
      expect(example?.answer).toBeDefined();
      expect(first?.schema?.safeParse(example?.answer)).toMatchObject({ success: true });
      if (params) expect(params.safeParse(example?.params)).toMatchObject({ success: true });
      if (body) expect(body.safeParse(example?.body)).toMatchObject({ success: true });
    });

    it('takes bodies as large as the server in front lets through', () => {
      expect(bodyBytesMax(operation.path)).toBe(operation.maxBodyBytes);
    });
  },
);

it.each(Object.entries(about.webhooks))('the example of %s is one', (_name, event) => {
  const { schema, example } = event;
  expect(schema.safeParse(example)).toMatchObject({ success: true });
});
