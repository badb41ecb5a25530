import { expect, it } from 'vitest';
import { itemForKey } from './menu-keys';

const NAMES = ['Edit', 'Disable', 'Delete'];

it('goes round by arrows, and to both ends', () => {
  expect(itemForKey('ArrowDown', NAMES, -1)).toBe(0);
  expect(itemForKey('ArrowDown', NAMES, 2)).toBe(0);
  expect(itemForKey('ArrowUp', NAMES, 0)).toBe(2);
  expect(itemForKey('ArrowUp', NAMES, -1)).toBe(2);
  expect(itemForKey('Home', NAMES, 2)).toBe(0);
  expect(itemForKey('End', NAMES, 0)).toBe(2);
});

it('goes to the next item that begins with a letter, in any case', () => {
  expect(itemForKey('d', NAMES, 0)).toBe(1);
  expect(itemForKey('D', NAMES, 1)).toBe(2);
  expect(itemForKey('d', NAMES, 2)).toBe(1);
});

it('leaves to the browser what leads to no item', () => {
  for (const key of ['x', ' ', 'Enter', 'Tab', 'Escape']) {
    expect(itemForKey(key, NAMES, 0)).toBeNull();
  }
  expect(itemForKey('ArrowDown', [], -1)).toBeNull();
});
