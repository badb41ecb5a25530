import { describe, expect, it } from 'vitest';
import { pairEntry, searchCondition, searchEntriesOf, wordsOf } from './search-words';

const task = {
  id: '0198f1a2-7c4e-7b1a-9d2e-3f4a5b6c7d8e',
  organizationId: '0198c0de-0000-7000-8000-000000000001',
  mode: 'test' as const,
  payload: {},
  metadata: {},
  idempotencyKey: null,
};

describe('what a task is found by', () => {
  it('takes every text and number of the payload, however deep, and none of its keys', () => {
    const entries = searchEntriesOf({
      ...task,
      payload: { question: 'Is it Genuine?', lines: [{ sku: 'A-77' }, 4711], flag: true },
    });
    expect(entries).toEqual(expect.arrayContaining(['genuine', 'a', '77', '4711']));
    expect(entries).not.toContain('question');
    expect(entries).not.toContain('lines');
  });

  it('takes keys and values of the metadata, and each pair as one entry', () => {
    const entries = searchEntriesOf({
      ...task,
      metadata: { order: 'Ä-9', paid: true, none: null },
    });
    expect(entries).toEqual(expect.arrayContaining(['order', 'a', '9', pairEntry('order', 'Ä-9')]));
    expect(entries).toContain(pairEntry('paid', 'true'));
    expect(entries).not.toContain(pairEntry('none', 'null'));
  });

  it('takes the id by its parts, and the idempotency key', () => {
    const entries = searchEntriesOf({ ...task, idempotencyKey: 'order-12345' });
    expect(entries).toEqual(expect.arrayContaining(['0198f1a2', '3f4a5b6c7d8e', 'order', '12345']));
  });

  it('keeps words without case and accents, and letter by letter where no spaces are written', () => {
    expect(wordsOf('Crème BRÛLÉE, straße')).toEqual(['creme', 'brulee', 'straße']);
    expect(wordsOf('退款 ok')).toEqual(['退', '款', 'ok']);
  });

  it('holds whatever a payload may hold: lone surrogates, zero bytes, words without end', () => {
    const entries = searchEntriesOf({
      ...task,
      payload: { a: '\ud800\u0000x', b: 'y'.repeat(10_000) },
    });
    expect(entries).toContain('x');
    expect(Math.max(...entries.map((entry) => entry.length))).toBeLessThanOrEqual(64);
    const many = Array.from({ length: 20_000 }, (_, n) => `w${n}`).join(' ');
    expect(searchEntriesOf({ ...task, payload: { many } }).length).toBeLessThanOrEqual(5_000);
  });
});

describe('what somebody typed', () => {
  it('becomes words that must all begin one of the task’s, with nothing of it left to interpret', () => {
    expect(searchCondition(`O'Brien & "late":*`)).toBe(`'o':* & 'brien':* & 'late':*`);
  });

  it('is no condition where it has no word', () => {
    expect(searchCondition(' – ! ')).toBeNull();
  });
});
