import { toStandardJsonSchema } from '@valibot/to-json-schema';
import { type } from 'arktype';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { AnswerMismatchError, HumanRail, HumanRailError, type Returns } from '../src/index.js';
import { ApiServer, json } from './api-server.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const verified = (output: unknown) => json(200, { id: '1', status: 'verified', output });
const sent = () =>
  server.requests[0]?.body as { output_schema: unknown; idempotency_key: string } | undefined;

const approval = { approved: { type: 'boolean' }, reason: { type: 'string' } };

describe.each([
  ['zod', z.object({ approved: z.boolean(), reason: z.string().optional() })],
  [
    'valibot',
    toStandardJsonSchema(v.object({ approved: v.boolean(), reason: v.optional(v.string()) })),
  ],
  ['arktype', type({ approved: 'boolean', 'reason?': 'string' })],
])('a schema of %s', (vendor, returns) => {
  it('is sent as JSON Schema, with the key that the same JSON Schema by hand has', async () => {
    server.answerWith(verified({ approved: true }));
    const { value } = await server.client().ask('Approve?', { returns });
    expect(value).toEqual({ approved: true });
    const { output_schema, idempotency_key } = sent() as NonNullable<ReturnType<typeof sent>>;
    expect(output_schema).toMatchObject({
      type: 'object',
      required: ['approved'],
      properties: approval,
    });
    server.answerWith(verified({ approved: true }));
    await server.client().ask('Approve?', { returns: output_schema as Returns });
    expect(sent()?.idempotency_key).toBe(idempotency_key);
  });

  it('judges the answer', async () => {
    server.answerWith(verified({ approved: 'yes' }));
    const error = await server
      .client()
      .ask('Approve?', { returns })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(AnswerMismatchError);
    expect(error).toMatchObject({ task: { id: '1' }, issues: [{ path: ['approved'] }] });
    expect((error as Error).message).toMatch(
      new RegExp(`^Task 1 is verified.*does not fit the ${vendor} schema: approved`),
    );
  });
});

describe('a Standard Schema', () => {
  it('gives what it makes of the answer: people fill in what goes into it', async () => {
    server.answerWith(verified({ tags: 'a,b' }));
    const returns = z.object({ tags: z.string().transform((text) => text.split(',')) });
    const { value } = await server.client().ask('Which tags?', { returns });
    expect(value).toEqual({ tags: ['a', 'b'] });
    expectTypeOf(value).toEqualTypeOf<{ tags: string[] }>();
    expect(sent()?.output_schema).toMatchObject({ properties: { tags: { type: 'string' } } });
  });

  it('may answer later, and what it throws is a mismatch too', async () => {
    server.answerWith(verified('a'));
    const later = z.string().refine(async (text) => text === 'a');
    expect((await server.client().ask('Which?', { returns: later })).value).toBe('a');
    const broken = z.string().refine(() => {
      throw new Error('out of order');
    });
    const asking = server.client().ask('Which?', { returns: broken });
    await expect(asking).rejects.toThrow(AnswerMismatchError);
    await expect(asking).rejects.toThrow('out of order');
  });

  it('that cannot write itself as JSON Schema takes one beside it', async () => {
    server.answerWith(verified({ a: 1 }));
    const returns = v.object({ a: v.number() });
    await expect(server.client().ask('Which?', { returns })).rejects.toThrow(
      /valibot schema cannot write itself as JSON Schema: pass.*schema.*toStandardJsonSchema/,
    );
    expect(server.requests).toHaveLength(0);
    const schema = { type: 'object', properties: { a: { type: 'number' } } };
    const { value } = await server.client().ask('Which?', { returns, schema });
    expectTypeOf(value).toEqualTypeOf<{ a: number }>();
    expect(sent()?.output_schema).toEqual(schema);
  });

  it('that JSON Schema cannot say is refused by what its library says', async () => {
    const returns = z.object({ when: z.date() });
    await expect(server.client().ask('When?', { returns })).rejects.toThrow(
      /zod schema cannot be written as JSON Schema \(Date cannot.*pass its JSON Schema as schema/,
    );
  });
});

describe('what is no schema is refused in words, before anything is sent', () => {
  class Verdict {}
  it.each([
    ['a class', Verdict, /not a function or class/],
    ['a text', 'boolean', /not a string/],
    ['a list', ['yes', 'no'], /not a list/],
    ['a boolean', true, /not a boolean/],
    ['null', null, /not null/],
    ['fields without properties', { approved: 'boolean' }, /approved is no keyword.*properties/],
    ['an object of schemas', { a: z.string() }, /make one schema of it, such as by z\.object/],
    ['a schema with a bigint', { type: 'integer', minimum: 1n }, /returns\.minimum is the bigint/],
    ['what only calls itself one', { '~standard': {} }, /~standard/],
  ])('%s', async (_, returns, message) => {
    server.answerWith(verified(1));
    const asking = server.client().ask('Which?', { returns: returns as Returns });
    await expect(asking).rejects.toBeInstanceOf(HumanRailError);
    await expect(asking).rejects.toThrow(message);
    expect(server.requests).toHaveLength(0);
  });

  it('schema beside a JSON Schema, or alone', async () => {
    const schema = { type: 'object' };
    const client = server.client();
    await expect(client.ask('Which?', { schema })).rejects.toThrow(/goes into returns/);
    await expect(client.ask('Which?', { returns: schema, schema })).rejects.toThrow(/beside/);
  });

  it('a schema in the payload', async () => {
    const asking = server.client().ask('Which?', { payload: { a: z.string() } });
    await expect(asking).rejects.toThrow(/^payload\.a is a schema/);
  });
});

it('the answer has the type of returns', () => {
  const client = new HumanRail({ apiKey: 'ek_test_x' });
  const text = () => client.ask('Which?');
  expectTypeOf(text).returns.resolves.toHaveProperty('value').toEqualTypeOf<string>();
  const literal = () =>
    client.ask('Which?', {
      returns: {
        type: 'object',
        required: ['verdict'],
        properties: { verdict: { type: 'string', enum: ['yes', 'no'] } },
      },
    });
  expectTypeOf(literal)
    .returns.resolves.toHaveProperty('value')
    .toEqualTypeOf<{ verdict: 'yes' | 'no' }>();
  const own = () => client.ask('Which?', { type: 'refund' });
  expectTypeOf(own).returns.resolves.toHaveProperty('value').toEqualTypeOf<unknown>();
  const ark = () => client.ask('Which?', { returns: type({ a: 'number' }) });
  expectTypeOf(ark).returns.resolves.toHaveProperty('value').toEqualTypeOf<{ a: number }>();
});
