import { describe, expect, it } from 'vitest';
import { REVIEW_SCHEMA } from '../fixtures/stage-context';
import { meanAccuracy } from '../gold-posterior';
import { policyFor } from '../policy';
import type { Json, JsonObject, OutputCheck } from '../stage';
import { combineAnswers } from './combine';
import { fieldsOf, freeTextOf, labelOf } from './fields';
import { seededRandom } from './seeded-random';
import { weightedMedian } from './weighted-median';

const policy = policyFor('high').consensus;
const NOBODY = { correct: 0, total: 0 };
const anything = (): OutputCheck => ({ ok: true });

function combine(
  schema: JsonObject,
  outputs: readonly Json[],
  accuracies: readonly number[] = [],
  validateOutput: (output: unknown) => OutputCheck = anything,
) {
  const ballots = outputs.map((output, i) => ({
    workerId: `w${i}`,
    output,
    accuracy: accuracies[i] ?? 0.75,
  }));
  return combineAnswers(schema, ballots, { policy, validateOutput });
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

describe('the fields of a schema', () => {
  it('unfolds objects and names each kind', () => {
    const fields = fieldsOf({
      type: 'object',
      required: ['a', 'inner'],
      properties: {
        a: { enum: ['x', 'y', null] },
        b: { type: ['boolean', 'null'] },
        c: { anyOf: [{ type: 'integer', minimum: 0, maximum: 10 }, { type: 'null' }] },
        d: { type: 'string', format: 'date' },
        e: { type: 'array', items: { enum: ['p', 'q'] } },
        f: {
          oneOf: [
            { const: 1, title: 'one' },
            { const: 2, title: 'two' },
          ],
        },
        g: { type: 'array', items: { type: 'object' } },
        inner: { type: 'object', required: ['t'], properties: { t: { $ref: '#/$defs/text' } } },
      },
      $defs: { text: { type: 'string' } },
    });
    expect(fields.map((field) => `${field.path.join('.')} ${field.kind}`)).toEqual([
      'a categorical',
      'b categorical',
      'c number',
      'd date',
      'e items',
      'f categorical',
      'g opaque',
      'inner.t text',
    ]);
    expect(fields.map((field) => field.nullable)).toEqual([
      ...[true, true, true],
      ...[false, false, false, false, false],
    ]);
    expect(fields.at(-1)?.optional).toBe(false);
  });

  it('stays small for a schema that contains itself many times over', () => {
    const node = { $ref: '#/$defs/node' };
    const properties = { a: node, b: node, c: node, value: { type: 'boolean' } };
    const schema = { ...node, $defs: { node: { type: 'object', properties } } };
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThanOrEqual(500);
    expect(fields.length).toBeLessThan(1_000);
  });

  it('names answers by their choices, and finds their free text', () => {
    expect(labelOf(REVIEW_SCHEMA, { verdict: 'genuine', notes: 'fine' })).toBe('"genuine"');
    expect(labelOf(one({ type: 'string' }), { x: 'hello' })).toBeNull();
    expect(freeTextOf(REVIEW_SCHEMA, { verdict: 'genuine', notes: 'fine' })).toBe('fine');
  });
});

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
    expect(combine(REVIEW_SCHEMA, outputs).confidence).toBeGreaterThan(0.95);
  });

  it('lets one proven voter outweigh two unproven ones', () => {
    const outputs = [{ verdict: 'genuine' }, { verdict: 'uncertain' }, { verdict: 'uncertain' }];
    expect(combine(REVIEW_SCHEMA, outputs, [0.97, 0.6, 0.6]).output).toEqual(outputs[0]);
    expect(combine(REVIEW_SCHEMA, outputs).output).toEqual(outputs[1]);
  });

  it('says when there is a tie', () => {
    const outputs = [{ verdict: 'genuine' }, { verdict: 'uncertain' }];
    expect(combine(REVIEW_SCHEMA, outputs).tie).toBe(true);
    expect(combine(REVIEW_SCHEMA, outputs, [0.8, 0.7]).tie).toBe(false);
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
    const consensus = combine(threeYesNo(), mixed, [0.9, 0.7, 0.6], refused);
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
    expect(JSON.stringify(combine(schema, outputs, [0.8, 0.9]).output)).toBe(
      '{"__proto__":true,"a":true}',
    );
    expect(({} as { a?: boolean }).a).toBeUndefined();
  });
});

describe('several fields', () => {
  const VOTERS = 5;
  const GOLDS = 20;
  const ACCURACY = 0.9;

  /** Yes/no fields answered by voters right nine times in ten, each measured on twenty golds. */
  function simulate(fields: number, tasks: number) {
    const random = seededRandom(fields);
    const names = Array.from({ length: fields }, (_, i) => `f${i}`);
    const schema = {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, { type: 'boolean' }])),
    };
    const right = () => names.every(() => random() < ACCURACY);
    let byEvidence = 0;
    let byMajority = 0;
    for (let task = 0; task < tasks; task++) {
      const truth = names.map(() => random() < 0.5);
      const votes = Array.from({ length: VOTERS }, () =>
        truth.map((value) => (random() < ACCURACY ? value : !value)),
      );
      const accuracies = votes.map(() => {
        const correct = Array.from({ length: GOLDS }, right).filter(Boolean).length;
        return meanAccuracy({ correct, total: GOLDS }, NOBODY, policyFor('high').gold);
      });
      const outputs = votes.map((vote) => Object.fromEntries(names.map((n, i) => [n, vote[i]])));
      const { output } = combine(schema, outputs as Json[], accuracies);
      names.forEach((name, i) => {
        const yes = votes.filter((vote) => vote[i]).length;
        if ((output as Record<string, boolean>)[name] === truth[i]) byEvidence += 1;
        if (yes > VOTERS / 2 === truth[i]) byMajority += 1;
      });
    }
    const share = (count: number) => (100 * count) / (tasks * fields);
    return { byEvidence: share(byEvidence), byMajority: share(byMajority) };
  }

  it.each([1, 3, 5, 7, 10, 20])('are never decided worse than by majority, with %d', (fields) => {
    const { byEvidence, byMajority } = simulate(fields, Math.ceil(8_000 / fields));
    expect(byMajority).toBeGreaterThan(98.5);
    expect(byEvidence).toBeGreaterThanOrEqual(byMajority - 0.3);
  });

  it('are together as sure as their voter, and surer with every vote that agrees', () => {
    const answer = { a: true, b: false, c: true };
    const of = (votes: number) =>
      combine(
        threeYesNo(),
        Array.from({ length: votes }, () => answer),
        Array.from({ length: votes }, () => 0.8),
      ).confidence;
    expect(of(1)).toBeCloseTo(0.8, 10);
    expect(of(2)).toBeGreaterThan(of(1));
    expect(of(3)).toBeGreaterThan(of(2));
  });
});

describe('numbers, dates, sets and texts', () => {
  it('takes the weighted median, which an outlier cannot move', () => {
    const schema = one({ type: 'number', minimum: 0, maximum: 100 });
    const consensus = combine(schema, [{ x: 70 }, { x: 71 }, { x: 100 }, { x: 70 }, { x: 72 }]);
    expect(consensus.output).toEqual({ x: 71 });
    expect(consensus.fields[0]?.scale).toBeCloseTo(1.4826, 10);
  });

  it('weighs the median', () => {
    const values = [
      { value: 1, weight: 1 },
      { value: 2, weight: 1 },
      { value: 10, weight: 5 },
    ];
    expect(weightedMedian(values)).toBe(10);
    expect(weightedMedian([])).toBeNaN();
  });

  it('treats unbounded numbers as exact: neighbouring years are different years', () => {
    const schema = one({ type: 'integer' });
    const consensus = combine(schema, [{ x: 2019 }, { x: 2020 }]);
    expect(consensus.tie).toBe(true);
    expect(combine(schema, [{ x: 2019 }, { x: 2020 }, { x: 2020 }]).output).toEqual({ x: 2020 });
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
    const schema = one({ type: 'array', items: { enum: ['a', 'b', 'c'] } });
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
  });
});
