import { describe, expect, it } from 'vitest';
import { combined } from '../fixtures/combined';
import { policyFor } from '../policy';
import { gainsOf } from './calibrator';
import { combineAnswers } from './combine';
import { facetsOf } from './facets';
import { fieldsOf } from './fields';
import { labelledFacets } from './labelled-facets';

const setOf = (size: number) => ({
  type: 'array',
  uniqueItems: true,
  items: { enum: Array.from({ length: size }, (_, i) => `i${i}`) },
});
const policy = policyFor('medium').consensus;

describe('how sure a set is', () => {
  const yesNo = combined({ type: 'boolean' }, [true]).confidence;

  it.each([1, 2, 8, 100])('of %d items is by one stranger as sure as a choice of two', (size) => {
    for (const said of [[], ['i0']]) {
      expect(combined(setOf(size), [said]).confidence).toBeCloseTo(yesNo, 10);
    }
  });

  it('grows with every vote that agrees, and falls where one item is in doubt', () => {
    const by = (...values: string[][]) => combined(setOf(8), values);
    const agreeing = [1, 2, 3, 5].map((n) => by(...Array.from({ length: n }, () => ['i1'])));
    const sure = agreeing.map(({ confidence }) => confidence);
    expect(sure).toEqual([...sure].sort((a, b) => a - b));
    expect(new Set(sure).size).toBe(4);
    const halved = by(['i1'], ['i1', 'i2']);
    expect(halved.tie).toBe(true);
    expect(halved.confidence).toBeLessThan(by(['i1'], ['i1']).confidence);
    expect(halved.confidence).toBeLessThanOrEqual(0.51);
    const outvoted = by(['i1'], ['i1', 'i2'], ['i1']);
    expect(outvoted.output).toEqual({ x: ['i1'] });
    expect(outvoted.confidence).toBeLessThan(by(['i1'], ['i1'], ['i1']).confidence);
  });

  it('is expected to be surer after further votes, and never less sure', () => {
    const { confidence, confidenceAfter } = combined(setOf(8), [['i1']]);
    const after = [1, 2, 3].map(confidenceAfter);
    expect(Math.min(...after)).toBeGreaterThanOrEqual(confidence);
    expect(Math.max(...after)).toBeGreaterThan(confidence + 0.05);
    expect(Math.max(...after)).toBeLessThanOrEqual(1);
  });

  it('of a shipped type is no product of its items', () => {
    const schema = {
      type: 'object',
      required: ['verdict', 'areas'],
      properties: { verdict: { enum: ['a', 'b', 'c', 'd'] }, areas: setOf(8) },
    };
    const output = { verdict: 'a', areas: [] };
    const { confidence, fields } = combineAnswers(schema, [{ workerId: 'w0', output }], {
      policy,
      evidence: {},
      validateOutput: () => ({ ok: true }),
    });
    const verdict = fields[0]?.confidence ?? 0;
    expect(verdict).toBeCloseTo(0.47, 2);
    expect(confidence).toBeGreaterThan(verdict * 0.617);
    expect(confidence).toBeLessThan(verdict);
  });
});

describe('what a labelled set teaches', () => {
  const schema = { type: 'object', required: ['x'], properties: { x: setOf(3) } };
  const [field] = fieldsOf(schema);
  const whole = field ? facetsOf(field).whole?.key : '';
  const teach = (truth: string[]) =>
    labelledFacets(
      schema,
      [{ workerId: 'w0', output: { x: ['i1'] } }],
      { output: { x: truth }, partial: false },
      { policy, evidence: {} },
    );

  it('is whether all of it was right, once, and of each item who said what', () => {
    const [right, wrong] = [teach(['i1']), teach(['i1', 'i2'])].map((facets) => {
      const found = facets.find(({ key }) => key === whole);
      expect(found?.cells).toEqual([]);
      expect(facets.filter(({ cells }) => cells.length === 1)).toHaveLength(3);
      expect(facets.filter(({ stated }) => typeof stated?.confidence === 'number')).toEqual([
        found,
      ]);
      return found;
    });
    expect(right?.stated).toMatchObject({ truth: 0, said: 0, isChoice: false });
    expect(wrong?.stated).toMatchObject({ truth: 1, said: 0, isChoice: false });
    expect(right?.calibrates).toEqual({
      posterior: [expect.closeTo(0.75), expect.closeTo(0.25)],
      truth: 0,
    });
    expect(wrong?.calibrates).toEqual({ ...right?.calibrates, truth: 1 });
  });

  it('makes the next of its kind surer or less sure', () => {
    const taught = (truth: string[]) => {
      const { calibrates } = teach(truth).find(({ key }) => key === whole) ?? {};
      const gains = calibrates ? [...gainsOf(calibrates)] : [];
      const calibrator = { gains: gains.map((gain) => gain * 50), labelled: 50 };
      const pool = { total: 0, right: 0, squaredError: 0 };
      return combineAnswers(schema, [{ workerId: 'w0', output: { x: ['i1'] } }], {
        policy,
        evidence: { [whole ?? '']: { pool, voters: {}, calibrator } },
        validateOutput: () => ({ ok: true }),
      });
    };
    expect(taught(['i1']).confidence).toBeGreaterThan(0.7);
    expect(taught(['i2']).confidence).toBeLessThan(0.55);
    expect(taught(['i1']).basis).toBe('provisional');
  });
});
