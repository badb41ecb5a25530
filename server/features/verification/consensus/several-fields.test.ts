import { describe, expect, it } from 'vitest';
import { type GoldRecord, goldEvidence } from '../fixtures/gold-evidence';
import { policyFor } from '../policy';
import type { Evidence, EvidenceCell, Json, JsonObject, OutputCheck } from '../stage';
import { gainsOf } from './calibrator';
import { combineAnswers } from './combine';
import { facetKeysOf } from './facets';
import { fieldsOf } from './fields';
import { seededRandom } from './seeded-random';

const policy = policyFor('high').consensus;
const anything = (): OutputCheck => ({ ok: true });

/** The voters are called w0, w1 and so on. */
function combine(
  schema: JsonObject,
  outputs: readonly Json[],
  evidence: Evidence = {},
  validateOutput: (output: unknown) => OutputCheck = anything,
) {
  const ballots = outputs.map((output, i) => ({ workerId: `w${i}`, output }));
  return combineAnswers(schema, ballots, { policy, evidence, validateOutput });
}

/** Twenty golds a voter, of which these shares were right. */
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

function _one(schema: JsonObject): JsonObject {
  return { type: 'object', required: ['x'], properties: { x: schema } };
}

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
    const answer = (truth: boolean) => (random() < ACCURACY ? truth : !truth);
    let byEvidence = 0;
    let byMajority = 0;
    for (let task = 0; task < tasks; task++) {
      const evidence = facetKeysOf(fieldsOf(schema)).map((key) => {
        const voters = Array.from(
          { length: VOTERS },
          (_, w) => [`w${w}`, goldsOf(answer)] as const,
        );
        const right = voters.flatMap(([, cells]) => cells.filter((c) => c.truth === c.said));
        const pool = { total: VOTERS * GOLDS, right: right.length, squaredError: 0 };
        return [key, { pool, voters: Object.fromEntries(voters) }] as const;
      });
      const truth = names.map(() => random() < 0.5);
      const votes = Array.from({ length: VOTERS }, () => truth.map(answer));
      const outputs = votes.map((vote) => Object.fromEntries(names.map((n, i) => [n, vote[i]])));
      const { output } = combine(schema, outputs as Json[], Object.fromEntries(evidence));
      names.forEach((name, i) => {
        const yes = votes.filter((vote) => vote[i]).length;
        if ((output as Record<string, boolean>)[name] === truth[i]) byEvidence += 1;
        if (yes > VOTERS / 2 === truth[i]) byMajority += 1;
      });
    }
    const share = (count: number) => (100 * count) / (tasks * fields);
    return { byEvidence: share(byEvidence), byMajority: share(byMajority) };
  }

  /** Labels are sorted: false is the first of them, true the second. */
  function goldsOf(answer: (truth: boolean) => boolean): EvidenceCell[] {
    return Array.from({ length: GOLDS }, (_, gold) => {
      const truth = gold % 2 === 0;
      return { truth: Number(truth), said: Number(answer(truth)), weight: 1, squaredError: 0 };
    });
  }

  it.each([1, 3, 5, 7, 10, 20])('are never decided worse than by majority, with %d', (fields) => {
    const { byEvidence, byMajority } = simulate(fields, Math.ceil(8_000 / fields));
    expect(byMajority).toBeGreaterThan(98.5);
    expect(byEvidence).toBeGreaterThanOrEqual(byMajority - 0.3);
  });

  it('are less sure together than each, and surer with every vote that agrees', () => {
    const answer = { a: true, b: false, c: true };
    const of = (votes: number) =>
      combine(
        threeYesNo(),
        Array.from({ length: votes }, () => answer),
      );
    const [first] = of(3).fields;
    expect(of(3).confidence).toBeCloseTo((first?.confidence ?? 0) ** 3, 12);
    expect(of(2).confidence).toBeGreaterThan(of(1).confidence);
    expect(of(3).confidence).toBeGreaterThan(of(2).confidence);
  });

  it('stand each for itself: nothing known of one changes another', () => {
    const schema = threeYesNo();
    const [ofA] = Object.entries(proven(schema, [1, 0, 0]));
    const evidence = Object.fromEntries(ofA ? [ofA] : []);
    const outputs = [
      { a: true, b: true, c: false },
      { a: false, b: false, c: true },
      { a: false, b: false, c: true },
    ];
    const known = combine(schema, outputs, evidence);
    const unknown = combine(schema, outputs);
    expect(known.fields[0]?.value).toBe(true);
    expect(known.fields.slice(1).map(({ value, confidence }) => ({ value, confidence }))).toEqual(
      unknown.fields.slice(1).map(({ value, confidence }) => ({ value, confidence })),
    );
  });

  it('state the basis of the field that is known least', () => {
    const schema = threeYesNo();
    const [first = '', ...others] = facetKeysOf(fieldsOf(schema));
    const gains = [...gainsOf({ posterior: [0.9, 0.1], truth: 0 })];
    const known = (labelled: number) => ({
      pool: { total: 0, right: 0, squaredError: 0 },
      voters: {},
      calibrator: { gains, labelled },
    });
    const basisOf = (least: number) =>
      combine(schema, [{ a: true, b: true, c: true }], {
        ...Object.fromEntries(others.map((key) => [key, known(500)])),
        [first]: known(least),
      }).basis;
    expect([19, 20, 99, 100].map(basisOf)).toEqual([
      'uncalibrated',
      'provisional',
      'provisional',
      'calibrated',
    ]);
  });

  it('are judged within a millisecond: five votes on five fields', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const schema = {
      type: 'object',
      required: names,
      properties: Object.fromEntries(names.map((name) => [name, { enum: ['x', 'y', 'z'] }])),
    };
    const outputs = [0, 1, 2, 3, 4].map((vote) =>
      Object.fromEntries(names.map((name, i) => [name, (vote + i) % 3 === 0 ? 'y' : 'x'])),
    );
    const evidence = proven(schema, [0.9, 0.8, 0.9, 0.7, 0.95]);
    const times = Array.from({ length: 200 }, () => {
      const start = performance.now();
      combine(schema, outputs, evidence).confidenceAfter(3);
      return performance.now() - start;
    });
    // The machine may be busy; the quickest of them was left alone.
    expect(Math.min(...times)).toBeLessThan(1);
  });
});
