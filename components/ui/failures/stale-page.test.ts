import { describe, expect, it } from 'vitest';
import { isStalePage } from './stale-page';

describe('a page of an earlier version', () => {
  it.each([
    { name: 'ChunkLoadError', message: 'Loading chunk 42 failed.' },
    { name: 'Error', message: 'Failed to load chunk /_next/static/chunks/0f.js from module 7' },
    { name: 'TypeError', message: 'Failed to fetch dynamically imported module: http://x/a.js' },
    { name: 'Error', message: 'Failed to find Server Action "40ab". This request might be old.' },
  ])('is known by “$message”', (error) => {
    expect(isStalePage(error)).toBe(true);
  });

  it('is no other failure', () => {
    expect(isStalePage(new TypeError('Cannot read properties of undefined'))).toBe(false);
  });
});
