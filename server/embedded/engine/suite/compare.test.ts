import { expect, test } from 'vitest';
import { differences } from './compare';
import { readGolden } from './index';

test('the golden file has the 47 scenarios, and each equals itself', () => {
  const golden = Object.entries(readGolden());
  expect(golden).toHaveLength(47);
  for (const [name, value] of golden) expect(differences(name, value, value)).toEqual([]);
});

test.each([
  ['a missing field', 'parallel-3', { result: 'abc' }],
  ['nothing at all', 'signal', null],
  ['another order', 'priority', { order: '0,0,-100,300' }],
  ['two seconds more', 'wait-timeout-2s', { w: null, secs: 4 }],
  ['one run too many', 'event-id-seed-dedup', { runs: 2, sameIds: true }],
])('%s is a difference', (_name, scenario, observed) => {
  expect(differences(scenario, readGolden()[scenario], observed)).not.toEqual([]);
});

test('a rounding of time is not', () => {
  expect(differences('retry-after-4s', { gap_s_approx: 3 }, { gap_s_approx: 4 })).toEqual([]);
});
