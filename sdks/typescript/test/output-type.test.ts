import { describe, expectTypeOf, it } from 'vitest';
import type {
  CompletedTask,
  FromSchema,
  HumanRail,
  JsonSchema,
  Task,
  TaskStatus,
  WebhookEvent,
} from '../src/index.js';

/** The schema as `create` takes it: literal without `as const`. */
const schema = <const S extends JsonSchema>(value: S): S => value;

describe('output is typed by a literal outputSchema', () => {
  it('objects: required fields are there, others may be', () => {
    const verdict = schema({
      type: 'object',
      required: ['verdict'],
      properties: {
        verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
        notes: { type: 'string' },
      },
    });
    expectTypeOf<FromSchema<typeof verdict>>().toEqualTypeOf<{
      verdict: 'genuine' | 'ai_generated' | 'uncertain';
      notes?: string;
    }>();
  });

  it('lists, tuples, type unions, const, null', () => {
    const mixed = schema({
      type: 'object',
      required: ['tags', 'box', 'maybe', 'kind'],
      properties: {
        tags: { type: 'array', items: { type: 'string' } },
        box: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'integer' }] },
        maybe: { type: ['string', 'null'] },
        kind: { const: 'box' },
      },
    });
    expectTypeOf<FromSchema<typeof mixed>>().toEqualTypeOf<{
      tags: string[];
      box: [number, number];
      maybe: string | null;
      kind: 'box';
    }>();
  });

  it('anyOf, $ref and additionalProperties', () => {
    const linked = schema({
      type: 'object',
      required: ['choice', 'scores'],
      properties: {
        choice: { anyOf: [{ $ref: '#/$defs/Grade' }, { type: 'null' }] },
        scores: { type: 'object', additionalProperties: { type: 'number' } },
      },
      $defs: { Grade: { enum: [1, 2] } },
    });
    expectTypeOf<FromSchema<typeof linked>>().toEqualTypeOf<{
      choice: 1 | 2 | null;
      scores: Record<string, number>;
    }>();
  });

  it('what is not known at compile time is unknown, not any', () => {
    expectTypeOf<FromSchema<JsonSchema>>().toEqualTypeOf<unknown>();
    expectTypeOf<FromSchema<{ readonly [keyword: string]: unknown }>>().toEqualTypeOf<unknown>();
    expectTypeOf<FromSchema<{ readonly description: 'anything' }>>().toEqualTypeOf<unknown>();
  });

  it('create infers it from the call, with neither as const nor a type argument', () => {
    const create = (client: HumanRail) =>
      client.tasks.create({
        type: 'content_review',
        payload: { text: 'Is it?' },
        outputSchema: {
          type: 'object',
          required: ['verdict'],
          properties: { verdict: { type: 'string', enum: ['yes', 'no'] } },
        },
      });
    expectTypeOf(create).returns.resolves.toEqualTypeOf<Task<{ verdict: 'yes' | 'no' }>>();

    const bare = (client: HumanRail) => client.tasks.create({ type: 't', payload: {} });
    expectTypeOf(bare).returns.resolves.toEqualTypeOf<Task<unknown>>();

    const read = (client: HumanRail, outputSchema: JsonSchema) =>
      client.tasks.create({ type: 't', payload: {}, outputSchema });
    expectTypeOf(read).returns.resolves.toEqualTypeOf<Task<unknown>>();
  });

  it('asking for the status narrows the output', () => {
    const outputOf = (task: Task<{ a: string }>) =>
      task.status === 'verified' ? task.output : undefined;
    expectTypeOf(outputOf).returns.toEqualTypeOf<{ a: string } | undefined>();
    expectTypeOf<CompletedTask['status']>().toEqualTypeOf<
      Exclude<TaskStatus, 'posted' | 'assigned' | 'submitted'>
    >();
    const dataOf = (event: WebhookEvent<{ a: string }>) =>
      event.type === 'task.verified' ? event.data : undefined;
    expectTypeOf(dataOf).returns.toEqualTypeOf<Task<{ a: string }> | undefined>();
  });
});
