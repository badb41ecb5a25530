import { describe, expect, it } from 'vitest';
import { type GoldRecord, goldEvidence } from '../fixtures/gold-evidence';
import { REVIEW_SCHEMA } from '../fixtures/stage-context';
import { policyFor } from '../policy';
import type { Json, JsonObject, OutputCheck } from '../stage';
import { combineAnswers } from './combine';
import type { Evidence } from './evidence-facts';

const policy = policyFor('high').consensus;
const anything = (): OutputCheck => ({ ok: true });

/** The voters are named w0, w1 and so on. */
function combine(
  schema: JsonObject,
  outputs: readonly Json[],
  evidence: Evidence = {},
  validateOutput: (output: unknown) => OutputCheck = anything,
) {
  const ballots = outputs.map((output, i) => ({ workerId: `w${i}`, output }));
  return combineAnswers(schema, ballots, { policy, evidence, validateOutput });
}

/** Twenty golds per voter, with these shares right. */
function proven(schema: JsonObject, accuracies: readonly number[]): Evidence {
  const records = accuracies.map((accuracy, i) => [`w${i}`, { golds: 20, accuracy }] as const);
  return goldEvidence(schema, Object.fromEntries<GoldRecord>(records));
}

function threeYesNo(): JsonObject {
  return {
    type: 'object',
    required: ['a', 'b', 'c'],
    properties: { a: { type: 'boolean' }, b: { type: 'boolean' }, c: { type: 'boolean' } },
  };
}

function one(schema: JsonObject): JsonObject {
  return { type: 'object', required: ['x'], properties: { x: schema } };
}

describe('one answer from many', () => {
  it("is a voter's own answer, the remark nearest to the others' included", () => {
    const outputs = [
      { verdict: 'genuine', notes: 'short and plain praise by a real customer' },
      { verdict: 'ai_generated', notes: 'reads like a machine' },
      { verdict: 'genuine', notes: 'plain praise by a real customer' },
    ];
    const consensus = combine(REVIEW_SCHEMA, outputs);
    expect(consensus.source).toBe('voter');
    expect([outputs[0], outputs[2]]).toContainEqual(consensus.output);
    expect(consensus.dissent).toHaveLength(2);
    expect(consensus.dissent).toContainEqual(outputs[1]);
  });

  it('is not unsure because remarks are worded differently', () => {
    const outputs = ['first words', 'something else', 'third opinion'].map((notes) => ({
      verdict: 'genuine',
      notes,
    }));
    const alike = outputs.map(({ verdict }) => ({ verdict, notes: 'the same words' }));
    const { confidence } = combine(REVIEW_SCHEMA, outputs);
    expect(confidence).toBe(combine(REVIEW_SCHEMA, alike).confidence);
  });

  it('lets one proven voter outweigh two unproven ones', () => {
    const outputs = [{ verdict: 'genuine' }, { verdict: 'uncertain' }, { verdict: 'uncertain' }];
    expect(combine(REVIEW_SCHEMA, outputs, proven(REVIEW_SCHEMA, [1, 0.5, 0.5])).output).toEqual(
      outputs[0],
    );
    expect(combine(REVIEW_SCHEMA, outputs).output).toEqual(outputs[1]);
  });

  it('says when there is a tie', () => {
    const outputs = [{ verdict: 'genuine' }, { verdict: 'uncertain' }];
    expect(combine(REVIEW_SCHEMA, outputs).tie).toBe(true);
    expect(combine(REVIEW_SCHEMA, outputs, proven(REVIEW_SCHEMA, [0.8, 0.7])).tie).toBe(false);
  });

  const mixed = [
    { a: false, b: true, c: true },
    { a: true, b: false, c: true },
    { a: true, b: true, c: false },
  ];

  it('puts the winners together where nobody said them all and the schema accepts it', () => {
    const consensus = combine(threeYesNo(), mixed);
    expect(consensus).toMatchObject({ output: { a: true, b: true, c: true }, source: 'fields' });
    expect(consensus.dissent).toHaveLength(3);
  });

  it("falls back to the best supported voter's answer where the schema refuses the mixture", () => {
    const refused = (output: unknown): OutputCheck =>
      mixed.includes(output as (typeof mixed)[number])
        ? { ok: true }
        : { ok: false, errors: [{ pointer: '', message: 'no' }] };
    const consensus = combine(threeYesNo(), mixed, proven(threeYesNo(), [0.9, 0.7, 0.6]), refused);
    expect(mixed).toContainEqual(consensus.output);
    expect(consensus.source).toBe('voter');
    expect(consensus.confidence).toBeLessThan(0.75);
  });

  it('keeps keys that look like the language itself as data', () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"boolean"},"a":{"type":"boolean"}}}',
    );
    const outputs = ['{"__proto__":true,"a":false}', '{"__proto__":true,"a":true}'].map((text) =>
      JSON.parse(text),
    );
    expect(JSON.stringify(combine(schema, outputs, proven(schema, [0.8, 0.9])).output)).toBe(
      '{"__proto__":true,"a":true}',
    );
    expect(({} as { a?: boolean }).a).toBeUndefined();
  });
});

describe('numbers, dates, sets and texts', () => {
  it('takes the mean, rounded to the step, which an outlier cannot move', () => {
    const schema = one({ type: 'integer', minimum: 0, maximum: 100 });
    const consensus = combine(schema, [{ x: 70 }, { x: 71 }, { x: 100 }, { x: 70 }, { x: 72 }]);
    expect(consensus.output).toEqual({ x: 71 });
    expect(consensus.tie).toBe(false);
  });

  it('returns a number that all give as it was given, to its last digit', () => {
    const schema = {
      type: 'object',
      required: ['whole', 'open'],
      properties: { whole: { type: 'integer' }, open: { type: 'number' } },
    };
    const output = { whole: Number.MAX_SAFE_INTEGER, open: 123_456.789_012_345_6 };
    for (const voters of [1, 3]) {
      const outputs = Array.from({ length: voters }, () => output);
      expect(combine(schema, outputs).output).toEqual(output);
    }
  });

  it('weighs numbers by the errors of who gives them', () => {
    const schema = one({ type: 'number', minimum: 0, maximum: 100 });
    const evidence = goldEvidence(schema, {
      w0: { golds: 30, accuracy: 1, variance: 1 },
      w1: { golds: 30, accuracy: 1, variance: 400 },
    });
    const { output } = combine(schema, [{ x: 20 }, { x: 40 }], evidence);
    const { x } = output as { x: number };
    expect(x).toBeGreaterThan(20);
    expect(x).toBeLessThan(24);
    expect(combine(schema, [{ x: 20 }, { x: 40 }]).output).toEqual({ x: 30 });
  });

  it.each([
    [{ type: 'number', multipleOf: 0.1 }, [0.1, 0.2, 0.6], 0.3],
    [{ type: 'integer', multipleOf: 5, minimum: 5 }, [5, 5, 10, 10], 10],
    [{ type: 'number', exclusiveMinimum: 0, multipleOf: 0.5 }, [0.5, 0.5], 0.5],
    [{ type: 'string', format: 'date' }, ['2026-01-01', '2026-01-03'], '2026-01-02'],
  ] as [JsonObject, Json[], Json][])('keeps to the step and the bounds of %o', (x, given, mean) => {
    expect(
      combine(
        one(x),
        given.map((value) => ({ x: value })),
      ).output,
    ).toEqual({ x: mean });
  });

  it('is unsure of unbounded numbers that differ, and keeps those that most give', () => {
    const schema = one({ type: 'integer' });
    const apart = combine(schema, [{ x: 2019 }, { x: 2020 }]).confidence;
    const alike = combine(schema, [{ x: 2020 }, { x: 2020 }]).confidence;
    expect(apart).toBeLessThan(0.6);
    expect(alike).toBeGreaterThan(apart);
    const amounts = one({ type: 'number' });
    expect(combine(amounts, [{ x: 19.9 }, { x: 19.9 }, { x: 199 }]).output).toEqual({ x: 19.9 });
    expect(combine(amounts, [{ x: 19.9 }, { x: 199 }]).tie).toBe(true);
  });

  it('is a probability for numbers of any size', () => {
    const schema = one({ type: 'number' });
    for (const x of [0, -0, 1e-300, 1e99, 1e300, -1e308]) {
      const { confidence, output } = combine(schema, [{ x }, { x }, { x }]);
      expect(output).toEqual({ x });
      expect(confidence).toBeGreaterThan(0.5);
      expect(confidence).toBeLessThanOrEqual(1);
    }
  });

  it('reads the same instant in different notations as agreement', () => {
    const schema = one({ type: 'string', format: 'date-time' });
    const consensus = combine(schema, [
      { x: '2026-01-02T10:00:00Z' },
      { x: '2026-01-02T11:00:00+01:00' },
      { x: '2025-01-02T10:00:00Z' },
    ]);
    expect(consensus.tie).toBe(false);
    expect(String((consensus.output as { x: string }).x)).toContain('2026-01-02');
  });

  it('votes on each item of a set', () => {
    const schema = one({ type: 'array', uniqueItems: true, items: { enum: ['a', 'b', 'c'] } });
    const consensus = combine(schema, [{ x: ['a', 'b'] }, { x: ['b'] }, { x: ['b', 'a', 'c'] }]);
    expect(consensus.output).toEqual({ x: ['a', 'b'] });
  });

  it('returns the medoid of texts that say the same, and keeps other numbers apart', () => {
    const schema = one({ type: 'string' });
    const paris = combine(schema, [{ x: 'Paris' }, { x: 'paris.' }, { x: 'London' }]);
    expect(paris.output).toEqual({ x: 'Paris' });
    expect(paris.tie).toBe(false);
    expect(
      combine(schema, [{ x: 'invoice number 123456' }, { x: 'invoice number 123457' }]).tie,
    ).toBe(true);
  });

  it('lets absence win a vote on an optional field', () => {
    const schema = { type: 'object', properties: { x: { type: 'number' } } };
    expect(combine(schema, [{}, {}, { x: 3 }]).output).toEqual({});
    expect(combine(schema, [{}, { x: 3 }, { x: 3 }]).output).toEqual({ x: 3 });
    const choice = { type: 'object', properties: { x: { enum: ['a', 'b', null] } } };
    expect(combine(choice, [{ x: null }, { x: null }, {}]).output).toEqual({ x: null });
  });
});
