import { expect, it } from 'vitest';
import { differencesOf } from './differences';

const answer = { status: 200, headers: { allow: 'GET' }, body: { id: '1', status: 'posted' } };

it('takes two answers for alike that differ in what is of one instance only', () => {
  const other = {
    ...answer,
    headers: { ...answer.headers, date: 'today' },
    body: { id: '2', status: 'posted' },
  };
  expect(differencesOf(answer, other)).toEqual([]);
});

it.each([
  ['status', { ...answer, status: 201 }],
  ['allow', { ...answer, headers: {} }],
  ['body', { ...answer, body: { id: '1', status: 'failed' } }],
  ['body', { ...answer, body: { status: 'posted' } }],
])('tells of another %s', (what, other) => {
  const [line] = differencesOf(answer, other);
  expect(line).toContain(`${what}: `);
});
