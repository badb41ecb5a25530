import { describe, expect, it } from 'vitest';
import { readableAddress } from './request-address.mjs';

describe('an address that Next cannot read', () => {
  it.each([
    ['/v1/tasks/%zz', '/v1/tasks/%25zz'],
    ['/v1/tasks/%E0%A4%A', '/v1/tasks/%25E0%25A4%25A'],
    ['/v1/tasks/%', '/v1/tasks/%25'],
    ['//v1//tasks', '/v1/tasks'],
    ['//v1\\tasks?a=//b', '/v1/tasks?a=//b'],
  ])('%s is mended to %s', (given, mended) => {
    expect(readableAddress(given)).toBe(mended);
  });
});

describe('any other address', () => {
  it.each(['/', '/v1/tasks/', '/v1/tasks/a%2Fb%00', '/v1/tasks?q=%zz', '*', 'http://a//b'])(
    '%s stays as it is',
    (address) => {
      expect(readableAddress(address)).toBe(address);
    },
  );
});
