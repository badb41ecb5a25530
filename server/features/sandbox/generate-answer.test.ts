import { describe, expect, it } from 'vitest';
import { catalog } from '@/server/features/task-types/catalog';
import type { Rule } from '@/server/features/verification';
import { decideAlike } from '@/server/features/verification/consensus/fields';
import { runRules } from '@/server/features/verification/stages/rules';
import { compileOutputValidator } from '@/server/platform/json-schema';
import { AnswerBudget } from './answer-budget';
import { generateAnswer } from './generate-answer';
import { type AnswerJudge, makeAnswer } from './make-answer';
import { randomFrom } from './random';
import { isSilent, partOf, type Script, scriptOf, thinkMs } from './script';

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

/** The answer of a worker, judged as in verification. */
function answerFor(
  script: Script,
  turn: number,
  schema: Record<string, unknown>,
  keepsRules: AnswerJudge['keepsRules'] = () => true,
): unknown {
  const sayAlike: AnswerJudge['sayAlike'] = (one, other) =>
    decideAlike(schema as never, one as never, other as never);
  const made = makeAnswer(script, partOf(script, turn), turn, schema, { keepsRules, sayAlike });
  return 'output' in made ? made.output : undefined;
}

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

const many = (count: number, part: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, part]));
const huge = { type: 'array', items: { type: 'string' }, minItems: 1e9 };
const branching = { ...many(10, { $ref: '#/$defs/node' }) };

describe('what no process could hold is never built', () => {
  it.each<[string, Record<string, unknown>]>([
    ['a billion items', huge],
    ['a billion characters', { type: 'string', minLength: 1e9 }],
    [
      'lists in lists in lists',
      [1_000, 1_000, 1_000].reduce<Record<string, unknown>>(
        (items, minItems) => ({ type: 'array', items, minItems }),
        { type: 'boolean' },
      ),
    ],
    ['many different items', { type: 'array', items: {}, minItems: 1e8, uniqueItems: true }],
    ['a list that must hold much', { type: 'array', contains: { const: 1 }, minContains: 1e9 }],
    ['a tuple and a billion more', { type: 'array', prefixItems: [{}], minItems: 1e9 }],
    ['a billion properties', { type: 'object', minProperties: 1e9 }],
    [
      'texts that are long together',
      {
        type: 'object',
        required: Object.keys(many(900, 0)),
        properties: many(900, { type: 'string', minLength: 5_000 }),
      },
    ],
    [
      'parts that need ten of themselves',
      {
        $ref: '#/$defs/node',
        $defs: {
          node: { type: 'object', required: Object.keys(branching), properties: branching },
        },
      },
    ],
    [
      'one branch of many',
      { anyOf: [huge, { type: 'object', required: ['a'], properties: { a: huge } }] },
    ],
    ['a pattern of many repeats', { type: 'string', pattern: '^((a{900}){900}){900}$' }],
  ])('%s', (_name, schema) => {
    const budget = new AnswerBudget();
    const before = process.memoryUsage().heapUsed;
    const start = performance.now();
    expect(generateAnswer(schema, randomFrom(1), budget)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(4_000);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  });

  it('says why, and what to do', () => {
    const script = scriptOf({ id: 'task-1', sandbox: null, payload: {} });
    const judge = { keepsRules: () => true, sayAlike: () => true };
    expect(makeAnswer(script, partOf(script, 0), 0, huge, judge)).toEqual({
      missing: expect.stringMatching(/larger than simulated workers generate.*sandbox\.answer/),
    });
  });

  it('leaves out a part that is optional', () => {
    const schema = {
      type: 'object',
      required: ['ok'],
      properties: { ok: { type: 'boolean' }, rows: huge },
    };
    expect(generateAnswer(schema, randomFrom(1))).toEqual({ ok: expect.any(Boolean) });
  });
});

describe('what a simulated worker does', () => {
  const schema = SCHEMAS['the quickstart’s'] ?? {};
  const first = { number: 0, name: 'w' };
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

  it('errs in each field by itself', () => {
    const names = Array.from({ length: 10 }, (_, i) => `f${i}`);
    const ten = {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    };
    const right = Object.fromEntries(names.map((name) => [name, true]));
    const wrongOf = Array.from({ length: 100 }, (_, seed) => {
      const script = scripted({ seed, answer: right, workers: [{ accuracy: 0.8 }] });
      const said = answerFor(script, 0, ten) as Record<string, boolean>;
      return names.filter((name) => !said[name]).length;
    });
    const mean = wrongOf.reduce((sum, count) => sum + count, 0) / 100;
    // Binomial(10, 0.2), a hundred times: within five standard errors, and neither all right nor
    // all wrong.
    expect(Math.abs(mean - 2)).toBeLessThan(0.65);
    expect(new Set(wrongOf).size).toBeGreaterThan(3);
    expect(Math.max(...wrongOf)).toBeLessThan(9);
  });

  it('says what it is told to, and the next where it is gone through again', () => {
    const [bad, good] = [{ verdict: 'uncertain' }, { verdict: 'genuine' }];
    const script = scripted({ workers: [{ answers: [bad, good] }, { accuracy: 1 }] });
    expect(answerFor(script, 0, schema)).toEqual(bad);
    expect(answerFor(script, 2, schema)).toEqual(good);
    expect(answerFor(script, 4, schema)).toEqual(good);
    expect(isSilent(scripted({ workers: [{ behaviour: 'silent' }, {}] }), 0)).toBe(true);
    expect(isSilent(scripted({ workers: [{ behaviour: 'silent' }, {}] }), 1)).toBe(false);
  });

  it('draws by payload and seed, not by the task’s id', () => {
    const say = (id: string, payload: object, seed?: number) =>
      answerFor(
        scriptOf({ id, payload, sandbox: { workers: [{ accuracy: 0.5 }], ...(seed && { seed }) } }),
        0,
        SCHEMAS['nested objects and arrays'] ?? {},
      );
    expect(say('one', { n: 1 })).toEqual(say('two', { n: 1 }));
    expect(say('one', { n: 1 })).not.toEqual(say('one', { n: 2 }));
    expect(say('one', { n: 1 }, 7)).not.toEqual(say('one', { n: 1 }, 8));
  });

  it('takes the scripted time, else 0.6 to 1.5 seconds', () => {
    expect(thinkMs(scripted({ delay_seconds: 4 }), first)).toBe(4_000);
    for (const worker of ['a', 'b', 'c', 'd']) {
      const ms = thinkMs(scripted(null), { number: 0, name: worker });
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
      expect(Number.isInteger(thinkMs(script, first))).toBe(true);
    }
    expect(thinkMs(scripted({ delay_seconds: 4.000_1 }), first)).toBe(4_001);
  });
});

describe('the types that ship', () => {
  it.each(catalog.map((type) => [type.type, type] as const))(
    'can be answered by simulated workers, within schema and rules: %s',
    (_name, type) => {
      const keeps = (output: unknown) =>
        runRules(type.rules as Rule[], {}, output as never).every(
          ({ outcome }) => outcome !== 'broken',
        );
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
