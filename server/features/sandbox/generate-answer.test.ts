import { describe, expect, it } from 'vitest';
import { catalog } from '@/server/features/task-types/catalog';
import { type Rule, runRule } from '@/server/features/verification';
import { compileOutputValidator } from '@/server/platform/json-schema';
import { generateAnswer } from './generate-answer';
import { randomFrom } from './random';
import { answerFor, scriptOf, thinkMs } from './simulate-answer';

const SCHEMAS: Record<string, Record<string, unknown>> = {
  'the quickstart’s': {
    type: 'object',
    required: ['verdict'],
    properties: {
      verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
      notes: { type: 'string' },
    },
  },
  'nested objects and arrays': {
    type: 'object',
    required: ['items', 'meta'],
    additionalProperties: false,
    properties: {
      items: {
        type: 'array',
        minItems: 2,
        maxItems: 5,
        items: {
          type: 'object',
          required: ['label', 'score'],
          properties: {
            label: { enum: ['a', 'b'] },
            score: { type: 'number', minimum: 0, maximum: 1 },
          },
        },
      },
      meta: { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } },
    },
  },
  'a unique list of choices': {
    type: 'array',
    uniqueItems: true,
    minItems: 1,
    items: { enum: ['x', 'y', 'z'] },
  },
  'a nullable by anyOf': {
    type: 'object',
    required: ['age'],
    properties: {
      age: { anyOf: [{ type: 'integer', minimum: 18, maximum: 99 }, { type: 'null' }] },
    },
  },
  'formats and lengths': {
    type: 'object',
    required: ['day', 'mail', 'id', 'note'],
    properties: {
      day: { type: 'string', format: 'date' },
      mail: { type: 'string', format: 'email' },
      id: { type: 'string', format: 'uuid' },
      note: { type: 'string', minLength: 120, maxLength: 140 },
    },
  },
  'definitions and const': {
    $defs: { kind: { const: 'refund' } },
    type: 'object',
    required: ['kind', 'step'],
    properties: {
      kind: { $ref: '#/$defs/kind' },
      step: { type: 'integer', multipleOf: 5, minimum: 10, maximum: 30 },
    },
  },
};

describe('generateAnswer', () => {
  it.each(Object.entries(SCHEMAS))('satisfies %s, whatever the seed', (_name, schema) => {
    const validate = compileOutputValidator(schema);
    for (let seed = 0; seed < 50; seed++) {
      const answer = generateAnswer(schema, randomFrom(seed));
      expect(validate(answer), JSON.stringify(answer)).toEqual({ ok: true });
    }
  });

  it('gives the same answer for the same seed', () => {
    for (const schema of Object.values(SCHEMAS)) {
      expect(generateAnswer(schema, randomFrom('s', 1))).toEqual(
        generateAnswer(schema, randomFrom('s', 1)),
      );
    }
  });

  it('says undefined where no answer is found', () => {
    const schema = { type: 'string', pattern: '^[A-Z]{3}-[0-9]{9}$' };
    expect(generateAnswer(schema, randomFrom(1))).toBeUndefined();
  });
});

describe('what a simulated worker does', () => {
  const schema = SCHEMAS['the quickstart’s'] ?? {};
  const scripted = (sandbox: unknown) => scriptOf({ id: 'task-1', sandbox, payload: {} });

  it('gives the scripted answer', () => {
    expect(answerFor(scripted({ answer: { verdict: 'genuine' } }), 0, schema)).toEqual({
      verdict: 'genuine',
    });
  });

  it('errs as often as its accuracy says, turn by turn', () => {
    const script = scripted({
      answer: { verdict: 'genuine' },
      workers: [{ accuracy: 1 }, { accuracy: 0 }],
    });
    expect(answerFor(script, 0, schema)).toEqual({ verdict: 'genuine' });
    expect(answerFor(script, 1, schema)).not.toEqual({ verdict: 'genuine' });
    expect(answerFor(script, 2, schema)).toEqual({ verdict: 'genuine' });
  });

  it('errs in the verdict and not in a remark, whatever the seed', () => {
    for (let seed = 0; seed < 200; seed++) {
      const script = scripted({
        seed,
        answer: { verdict: 'genuine' },
        workers: [{ accuracy: 0 }],
      });
      expect(answerFor(script, 0, schema)).not.toMatchObject({ verdict: 'genuine' });
    }
  });

  it('takes the scripted time, else 0.6 to 1.5 seconds', () => {
    expect(thinkMs(scripted({ delay_seconds: 4 }), 'w')).toBe(4_000);
    for (const worker of ['a', 'b', 'c', 'd']) {
      const ms = thinkMs(scripted(null), worker);
      expect(ms).toBeGreaterThanOrEqual(600);
      expect(ms).toBeLessThan(1_500);
    }
  });

  it('takes whole milliseconds, however long the payload reads and whatever was scripted', () => {
    for (let characters = 1_000; characters < 1_040; characters++) {
      const script = scriptOf({
        id: 't',
        sandbox: null,
        payload: { text: 'x'.repeat(characters) },
      });
      expect(Number.isInteger(thinkMs(script, 'w'))).toBe(true);
    }
    expect(thinkMs(scripted({ delay_seconds: 4.000_1 }), 'w')).toBe(4_001);
  });
});

describe('the types that ship', () => {
  it.each(catalog.map((type) => [type.type, type] as const))(
    'can be answered by simulated workers, within schema and rules: %s',
    (_name, type) => {
      const keeps = (output: unknown) =>
        type.rules.every((rule) => runRule(rule as Rule, {}, output as never).outcome !== 'broken');
      for (let task = 0; task < 30; task++) {
        const script = scriptOf({ id: `task-${task}`, sandbox: null, payload: {} });
        const answer = answerFor(script, 0, type.outputSchema, keeps);
        expect(answer, `task-${task}`).toBeDefined();
        expect(compileOutputValidator(type.outputSchema)(answer)).toEqual({ ok: true });
        expect(keeps(answer)).toBe(true);
      }
    },
  );
});
