import { describe, expect, it } from 'vitest';
import { combined } from '../../fixtures/combined';
import { shareOfGold } from '../../gold-match';
import { policyFor } from '../../policy';
import type { Json, JsonObject } from '../../stage';
import { combineAnswers } from '../combine';
import { facetKeysOf } from '../facets';
import { fieldsOf } from '../fields';

const FOUR = { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 };
const policy = policyFor('medium').consensus;

/** The consensus of average workers who gave these values for a schema with these fields. */
function agreed(properties: JsonObject, outputs: readonly Json[]) {
  const schema = { type: 'object', required: Object.keys(properties), properties };
  const ballots = outputs.map((output, i) => ({ workerId: `w${i}`, output }));
  return combineAnswers(schema, ballots, {
    policy,
    evidence: {},
    validateOutput: () => ({ ok: true }),
  });
}

const kindsOf = (properties: JsonObject) =>
  fieldsOf({ type: 'object', properties }).map(({ kind }) => kind);

describe('a box of four numbers', () => {
  it('is one by its name or by $ui, and four other numbers are none', () => {
    expect(kindsOf({ bbox: FOUR })).toEqual(['regions']);
    expect(kindsOf({ bounding_box: { ...FOUR, items: { type: 'integer' } } })).toEqual(['regions']);
    const each = { type: 'number' };
    const tuple = { type: 'array', prefixItems: [each, each, each, each], items: false };
    expect(kindsOf({ plate: { ...tuple, $ui: 'box' } })).toEqual(['regions']);
    expect(kindsOf({ colour: FOUR })).toEqual(['opaque']);
    expect(kindsOf({ bbox: { ...FOUR, maxItems: 5 } })).toEqual(['opaque']);
    expect(kindsOf({ bbox: { ...FOUR, items: { type: 'string' } } })).not.toEqual(['regions']);
  });

  it('is matched by overlap, and each number is the median', () => {
    const said = [
      [10, 20, 100, 50],
      [12, 19, 98, 52],
      [11, 22, 103, 50],
    ];
    const { output, tie, confidence, fields } = agreed(
      { bbox: FOUR },
      said.map((bbox) => ({ bbox })),
    );
    expect(output).toEqual({ bbox: [11, 20, 100, 50] });
    expect(tie).toBe(false);
    expect(fields[0]?.agreement).toBe(1);
    const same = agreed(
      { bbox: FOUR },
      said.map(() => ({ bbox: [10, 20, 100, 50] })),
    );
    expect(confidence).toBeCloseTo(same.confidence, 12);
  });

  it('is by width and height, or by the second corner where the schema says so', () => {
    // By width and height these share 7,500 of 12,500; as corners they share almost nothing.
    const [one, other] = [
      [100, 100, 100, 100],
      [100, 125, 100, 100],
    ];
    const far = [300, 300, 310, 310];
    const outputs = [one, other, far].map((bbox) => ({ bbox }) as Json);
    expect(agreed({ bbox: FOUR }, outputs).fields[0]?.agreement).toBeCloseTo(1 / 3, 12);
    const corners = { ...FOUR, description: 'x1, y1, x2, y2 in pixels' };
    const boxes = [
      [100, 100, 200, 200],
      [100, 125, 200, 225],
      [290, 290, 300, 300],
    ];
    const voted = agreed(
      { bbox: corners },
      boxes.map((bbox) => ({ bbox })),
    );
    expect(voted.fields[0]?.agreement).toBeCloseTo(1 / 3, 12);
    expect(voted.output).toEqual({ bbox: [100, 100, 200, 200] });
    const narrow = [
      [0, 0, 10, 10],
      [8, 0, 10, 10],
    ].map((bbox) => ({ bbox }));
    // 2 of 18 by sizes; as corners the second lies within the first, 20 of 100.
    expect(agreed({ bbox: FOUR }, narrow).tie).toBe(true);
    expect(agreed({ bbox: { ...FOUR, title: '[xmin, ymin, xmax, ymax]' } }, narrow).tie).toBe(true);
    const within = [
      [0, 0, 10, 10],
      [4, 0, 10, 10],
    ].map((bbox) => ({ bbox }));
    // 60 of 140 by sizes, 60 of 100 as corners.
    expect(agreed({ bbox: FOUR }, within).tie).toBe(true);
    expect(
      agreed(
        { bbox_xyxy: FOUR },
        within.map(({ bbox }) => ({ bbox_xyxy: bbox })),
      ).tie,
    ).toBe(false);
  });

  it('has evidence of its own, apart from lists of boxes and from corners', () => {
    const keys = [
      { bbox: FOUR },
      { bbox: { ...FOUR, title: 'x1 y1 x2 y2' } },
      { bbox: { type: 'array', items: FOUR } },
    ].map((properties) =>
      facetKeysOf(fieldsOf({ type: 'object', required: ['bbox'], properties })),
    );
    expect(new Set(keys.flat()).size).toBe(3);
  });

  it('is right on a gold where it overlaps the known one', () => {
    const schema = { type: 'object', required: ['bbox'], properties: { bbox: FOUR } };
    const share = (bbox: Json) => shareOfGold(schema, { bbox: [10, 10, 40, 40] }, { bbox }, policy);
    expect(share([12, 9, 40, 42])).toBe(1);
    expect(share([60, 60, 40, 40])).toBe(0);
    expect(share([10, 10, 40])).toBe(0);
  });
});

describe('lists of such boxes', () => {
  it('are matched one to one, whatever their order', () => {
    const boxes = { type: 'array', items: FOUR };
    const { output } = agreed({ boxes }, [
      {
        boxes: [
          [0, 0, 10, 10],
          [50, 50, 10, 10],
        ],
      },
      {
        boxes: [
          [51, 50, 10, 10],
          [1, 0, 10, 10],
        ],
      },
      {
        boxes: [
          [0, 1, 10, 10],
          [51, 49, 10, 10],
          [200, 200, 5, 5],
        ],
      },
    ]);
    expect(output).toEqual({
      boxes: [
        [0, 0, 10, 10],
        [51, 50, 10, 10],
      ],
    });
  });

  it('in objects are matched by them, and their labels voted', () => {
    const record = (bbox: number[], label: string) => ({ label, bbox });
    const objects = {
      type: 'array',
      items: {
        type: 'object',
        required: ['label', 'bbox'],
        properties: { label: { enum: ['cat', 'dog'] }, bbox: FOUR },
      },
    };
    const { output, source } = combined(objects, [
      [record([0, 0, 10, 10], 'cat'), record([50, 50, 10, 10], 'dog')],
      [record([52, 50, 10, 10], 'dog'), record([1, 0, 10, 10], 'cat')],
      [record([2, 1, 10, 10], 'dog'), record([51, 49, 10, 10], 'dog')],
    ]);
    expect(source).toBe('fields');
    expect(output).toEqual({
      x: [record([1, 0, 10, 10], 'cat'), record([51, 50, 10, 10], 'dog')],
    });
  });

  it('of one record are a choice and a box', () => {
    const { output } = agreed({ label: { enum: ['cat', 'dog'] }, bbox: FOUR }, [
      { label: 'cat', bbox: [0, 0, 10, 10] },
      { label: 'dog', bbox: [1, 0, 10, 10] },
      { label: 'cat', bbox: [2, 0, 11, 10] },
    ]);
    expect(output).toEqual({ label: 'cat', bbox: [1, 0, 10, 10] });
  });
});
