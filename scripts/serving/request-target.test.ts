import { describe, expect, it } from 'vitest';
import { readTarget } from './request-target.mjs';

describe('the target of a request line', () => {
  it.each([
    ['/v1/tasks/%zz', '/v1/tasks/%25zz'],
    ['/v1/tasks/%E0%A4%A', '/v1/tasks/%25E0%25A4%25A'],
    ['/v1/tasks/%', '/v1/tasks/%25'],
    ['//v1//tasks', '/v1/tasks'],
    ['//v1\\tasks?a=//b', '/v1/tasks?a=//b'],
  ])('that Next cannot read is mended: %s is %s', (given, url) => {
    expect(readTarget(given)).toEqual({ url });
  });

  it.each(['/', '/v1/tasks/', '/v1/tasks/a%2Fb%00', '/v1/tasks?q=%zz'])(
    'that Next can read stays as it is: %s',
    (url) => {
      expect(readTarget(url)).toEqual({ url });
    },
  );

  it.each([
    ['http://localhost:3000/v1/tasks?a=1', 'localhost:3000', '/v1/tasks?a=1'],
    ['HTTPS://rail.example.com', 'rail.example.com', '/'],
    ['http://localhost?a', 'localhost', '/?a'],
    ['http://a//b', 'a', '/b'],
    ['http://user@a/b', 'user@a', '/b'],
  ])('may be a whole URL, whose host counts: %s', (given, host, url) => {
    expect(readTarget(given)).toEqual({ host, url });
  });

  it.each(['*', '', 'v1/tasks', 'ftp://a/b', undefined])('may not be %s', (given) => {
    expect(readTarget(given)).toBeNull();
  });
});
