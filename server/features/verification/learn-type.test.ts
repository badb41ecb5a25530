import { describe, expect, it } from 'vitest';
import { facetKeysOf, facetsOf } from './consensus/facets';
import { fieldsOf } from './consensus/fields';
import { goldEvidence } from './fixtures/gold-evidence';
import { learnType } from './learn-type';
import type { JsonObject } from './stage';

const choice = (labels: string[]): JsonObject => ({
  type: 'object',
  required: ['x'],
  properties: { x: { enum: labels } },
});
const SCHEMA = choice(['a', 'b']);
const [KEY = ''] = facetKeysOf(fieldsOf(SCHEMA));
const record = { golds: 30, accuracy: 0.9 };
const EVIDENCE = goldEvidence(SCHEMA, { w0: record, w1: record });

/** Two votes on each of `tasks` tasks, of which one in `rare` has label b. */
function sampleOf(schema: JsonObject, tasks: number, rare: number) {
  const answers = Array.from({ length: 2 * tasks }, (_, i) => {
    const task = Math.floor(i / 2);
    const outputText = JSON.stringify({ x: task % rare === 0 ? 'b' : 'a' });
    return { taskId: `t${task}`, workerId: `w${i % 2}`, outputText };
  });
  return { schema, answers };
}

describe('what a sample of a type shows', () => {
  it('is how often each label is true, where golds tell how far votes can be trusted', () => {
    const { classPriors, choices } = learnType([sampleOf(SCHEMA, 60, 10)], EVIDENCE);
    const [a = 0, b = 0] = classPriors[KEY] ?? [];
    expect(a + b).toBeCloseTo(1, 12);
    expect(b).toBeGreaterThan(0.05);
    expect(b).toBeLessThan(0.25);
    expect(choices[0]?.slice(0, 3)).toEqual([['"b"'], ['"b"'], ['"a"']]);
  });

  it('is nothing without golds, or of a few tasks', () => {
    expect(learnType([sampleOf(SCHEMA, 60, 10)], {}).classPriors).toEqual({});
    expect(learnType([sampleOf(SCHEMA, 9, 3)], EVIDENCE).classPriors).toEqual({});
  });

  it('keeps schemas with other labels apart', () => {
    const other = sampleOf(choice(['a', 'b', 'c']), 60, 2);
    const alone = learnType([sampleOf(SCHEMA, 60, 10)], EVIDENCE).classPriors;
    expect(learnType([sampleOf(SCHEMA, 60, 10), other], EVIDENCE).classPriors).toEqual(alone);
  });

  it('is as many shares of an item of a set, and of whether a value is there', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { s: { type: 'array', uniqueItems: true, items: { enum: ['p', 'q'] } } },
    };
    const answers = Array.from({ length: 20 }, (_, i) => ({
      taskId: `t${i}`,
      workerId: 'w0',
      outputText: JSON.stringify(i % 4 === 0 ? {} : { s: ['p'] }),
    }));
    const evidence = goldEvidence(schema, { w0: record });
    const { classPriors } = learnType([{ schema, answers }], evidence);
    const [field] = fieldsOf(schema);
    const { presence = null, value = [] } = field ? facetsOf(field) : {};
    const voted = [...(presence ? [presence] : []), ...value].map(({ key }) => key);
    expect(voted).toHaveLength(3);
    expect(Object.keys(classPriors).sort()).toEqual(voted.sort());
  });
});
