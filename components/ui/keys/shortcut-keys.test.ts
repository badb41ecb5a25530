import { describe, expect, it } from 'vitest';
import { KeySequence, shortcutKeyOf } from './shortcut-keys';

const KNOWN = ['n', 'g t', 'g w', '?'];

const PLAIN = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('a key press', () => {
  it('is written as shortcuts write it', () => {
    expect(shortcutKeyOf({ ...PLAIN, key: 'N', shiftKey: true })).toBe('n');
    expect(shortcutKeyOf({ ...PLAIN, key: 'Escape' })).toBe('Escape');
    expect(shortcutKeyOf({ ...PLAIN, key: 'k', ctrlKey: true })).toBe('mod k');
    expect(shortcutKeyOf({ ...PLAIN, key: 'k', metaKey: true })).toBe('mod k');
  });

  it('is no shortcut with Alt, or with Shift beside Ctrl', () => {
    expect(shortcutKeyOf({ ...PLAIN, key: 'k', altKey: true })).toBeNull();
    expect(shortcutKeyOf({ ...PLAIN, key: 'k', ctrlKey: true, shiftKey: true })).toBeNull();
  });
});

describe('a sequence of keys', () => {
  it('knows a shortcut of one key at once', () => {
    expect(new KeySequence().press('n', 0, KNOWN)).toEqual({ done: 'n', begun: false });
  });

  it('waits for the second key, and takes it as part of the shortcut', () => {
    const sequence = new KeySequence();
    expect(sequence.press('g', 0, KNOWN)).toEqual({ done: null, begun: true });
    expect(sequence.press('t', 500, KNOWN)).toEqual({ done: 'g t', begun: false });
  });

  it('forgets a key after a pause', () => {
    const sequence = new KeySequence();
    sequence.press('g', 0, KNOWN);
    expect(sequence.press('t', 5_000, KNOWN)).toEqual({ done: null, begun: false });
  });

  it('begins anew with a key that goes on with nothing', () => {
    const sequence = new KeySequence();
    sequence.press('g', 0, KNOWN);
    expect(sequence.press('n', 100, KNOWN)).toEqual({ done: 'n', begun: false });
    sequence.press('g', 200, KNOWN);
    expect(sequence.press('x', 300, KNOWN)).toEqual({ done: null, begun: false });
    expect(sequence.press('w', 400, KNOWN)).toEqual({ done: null, begun: false });
  });
});
