import { describe, expect, it } from 'vitest';
import { combined } from '../../fixtures/combined';
import { pick } from '../../fixtures/random-values';
import type { Json } from '../../stage';
import { seededRandom } from '../seeded-random';
import { assignBest } from './assignment';

describe('boxes', () => {
  const side = { type: 'number', minimum: 0 };
  const BOXES = {
    type: 'array',
    items: {
      type: 'object',
      required: ['x', 'y', 'width', 'height', 'label'],
      properties: { x: side, y: side, width: side, height: side, label: { enum: ['cat', 'dog'] } },
    },
  };
  const box = (x: number, y: number, label = 'cat', size = 10) => ({
    ...{ x, y, width: size, height: size },
    label,
  });

  it('are the same from half of their union on: 7 of 13, but not 6 of 14', () => {
    const beside = (x: number) =>
      combined(BOXES, [[box(0, 0)], [box(0, 0)], [box(x, 0)]]).confidence;
    expect(beside(3)).toBe(beside(0));
    expect(beside(4)).toBeLessThan(beside(3));
  });

  it('are matched one to one, their corners the median, their labels voted', () => {
    const votes = [
      [box(0, 0), box(50, 50, 'dog')],
      [box(52, 50, 'dog'), box(1, 0)],
      [box(2, 1, 'dog'), box(51, 49, 'dog'), box(200, 200)],
    ];
    const { output, source } = combined(BOXES, votes);
    expect(source).toBe('fields');
    expect(output).toEqual({ x: [box(1, 0), box(51, 50, 'dog')] });
  });

  it('of nobody in common are some voter’s, and no surer for it', () => {
    const apart = combined(BOXES, [[box(0, 0)], [box(50, 0)], [box(100, 0)]]);
    const alike = combined(BOXES, [[box(0, 0)], [box(1, 0)], [box(0, 1)]]);
    expect(apart.confidence).toBeLessThan(alike.confidence / 2);
    expect((apart.output as { x: Json[] }).x).toHaveLength(1);
  });

  it('may be none', () => {
    expect(combined(BOXES, [[], [], [box(0, 0)]]).output).toEqual({ x: [] });
  });
});

describe('records', () => {
  const LINES = {
    type: 'array',
    items: {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string' }, amount: { type: 'number' }, paid: { type: 'boolean' } },
    },
  };
  it('are found again by their key', () => {
    const { output } = combined(LINES, [
      [
        { id: 'a', amount: 10, paid: true },
        { id: 'b', amount: 7, paid: false },
      ],
      [
        { id: 'b', amount: 7, paid: true },
        { id: 'a', amount: 12, paid: true },
      ],
      [
        { id: 'a', amount: 11, paid: true },
        { id: 'b', amount: 7, paid: false },
        { id: 'c', amount: 1, paid: true },
      ],
    ]);
    expect(output).toEqual({
      x: [
        { id: 'a', amount: 11, paid: true },
        { id: 'b', amount: 7, paid: false },
      ],
    });
  });
});

describe('an assignment', () => {
  it('is worth as much as the best of all there are', () => {
    const random = seededRandom(3);
    for (let run = 0; run < 200; run++) {
      const rows = 1 + Math.floor(random() * 5);
      const columns = 1 + Math.floor(random() * 5);
      const worth = Array.from({ length: rows }, () =>
        Array.from({ length: columns }, () => Math.floor(random() * 10)),
      );
      const assigned = assignBest(worth);
      const taken = assigned.filter((column) => column >= 0);
      expect(new Set(taken).size).toBe(Math.min(rows, columns));
      const sum = assigned.reduce((total, c, r) => total + (worth[r]?.[c] ?? 0), 0);
      expect(sum).toBe(bestByTrial(worth, new Set()));
    }
  });

  function bestByTrial(worth: readonly (readonly number[])[], used: Set<number>): number {
    const [row, ...rest] = worth;
    if (!row) return 0;
    let best = rest.length >= row.length - used.size ? bestByTrial(rest, used) : 0;
    for (const [c, own] of row.entries()) {
      if (used.has(c)) continue;
      best = Math.max(best, own + bestByTrial(rest, new Set([...used, c])));
    }
    return best;
  }
});

describe('speed', () => {
  const msOf = (work: () => unknown) => {
    const start = process.cpuUsage().user;
    work();
    return (process.cpuUsage().user - start) / 1_000;
  };

  it('of the largest values is bounded', () => {
    const random = seededRandom(9);
    const items = Array.from({ length: 100 }, (_, i) => `item ${i}`);
    const shuffled = () => [...items].sort(() => random() - 0.5);
    const words = () =>
      Array.from({ length: 900 }, () => pick(['a', 'fox', 'ran', 'far', 'away'], random)).join(' ');
    const boxes = () =>
      Array.from({ length: 100 }, () => ({
        x: random() * 100,
        y: random() * 100,
        width: 9,
        height: 9,
      }));
    const number = { type: 'number' };
    const region = { x: number, y: number, width: number, height: number };
    const five = <T>(make: () => T) => Array.from({ length: 5 }, make);
    const list = { type: 'array', items: { type: 'string' } };
    const regions = { type: 'array', items: { type: 'object', properties: region } };
    expect(msOf(() => combined(list, five(shuffled)))).toBeLessThan(2_000);
    expect(msOf(() => combined({ type: 'string', $ui: 'transcript' }, five(words)))).toBeLessThan(
      4_000,
    );
    expect(msOf(() => combined(regions, five(boxes)))).toBeLessThan(2_000);
  });
});
