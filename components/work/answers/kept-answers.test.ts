import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  forgetAnswer,
  isBeingSent,
  type KeptAnswer,
  keepAnswer,
  readKept,
  whileSending,
} from './kept-answers';

const answer = (assignmentId: string, keptAtMs = Date.now()): KeptAnswer => ({
  workerId: 'w',
  assignmentId,
  type: 'kept',
  output: { verdict: 'genuine' },
  telemetry: {},
  idempotencyKey: '00000000-0000-4000-8000-000000000000',
  keptAtMs,
});

/** The part of a browser's storage that is used, as large as told. */
function storage(charsMax: number) {
  const items: Record<string, string> = {};
  const methods = {
    getItem: (name: string) => items[name] ?? null,
    setItem: (name: string, text: string) => {
      if (text.length > charsMax) throw new DOMException('full', 'QuotaExceededError');
      items[name] = text;
    },
    removeItem: (name: string) => {
      delete items[name];
    },
  };
  return new Proxy(methods, {
    ownKeys: () => Object.keys(items),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

beforeEach(() => vi.stubGlobal('localStorage', storage(10_000)));
afterEach(() => {
  for (const { assignmentId } of readKept()) forgetAnswer(assignmentId);
  vi.unstubAllGlobals();
});

describe('kept answers', () => {
  it('stay until forgotten, one an assignment, the newest', () => {
    keepAnswer(answer('a'));
    keepAnswer({ ...answer('a'), output: { verdict: 'uncertain' } });
    keepAnswer(answer('b'));
    expect(readKept().map((each) => each.assignmentId)).toEqual(['a', 'b']);
    expect(readKept()[0]?.output).toEqual({ verdict: 'uncertain' });
    forgetAnswer('a');
    expect(readKept().map((each) => each.assignmentId)).toEqual(['b']);
  });

  it('are the same array while nothing changed, as React wants', () => {
    keepAnswer(answer('a'));
    expect(readKept()).toBe(readKept());
  });

  it('are kept by the page where the browser’s storage is full', () => {
    vi.stubGlobal('localStorage', storage(10));
    keepAnswer(answer('a'));
    expect(readKept()).toHaveLength(1);
    forgetAnswer('a');
    expect(readKept()).toEqual([]);
  });

  it('are dropped after a week, and unreadable ones passed over', () => {
    keepAnswer(answer('old', Date.now() - 8 * 86_400_000));
    localStorage.setItem('humanrail-answer:broken', '{');
    keepAnswer(answer('new'));
    expect(readKept().map((each) => each.assignmentId)).toEqual(['new']);
  });

  it('are known to be on their way, also where sending fails', async () => {
    const sending = whileSending('a', async () => {
      expect(isBeingSent('a')).toBe(true);
      throw new Error('lost');
    });
    await expect(sending).rejects.toThrow('lost');
    expect(isBeingSent('a')).toBe(false);
  });
});
