import { describe, expect, test } from 'vitest';
import { filterOf, hrefOf, isFiltered, listStateOf, PAGE_SIZE, pageOf } from './list-address';

const ID = '0198f1a2-7c4e-7b1a-9d2e-3f4a5b6c7d8e';
const NOW = Date.parse('2026-03-11T15:30:45Z');

describe('the task list’s address', () => {
  test('says the whole state, and says it again from the state', () => {
    const address =
      '/dashboard/tasks?q=kettle&status=posted%2Cverified&type=content_review&from=2026-03-01&to=2026-03-02&metadata%5Border%5D=A-17&older=' +
      ID;
    const state = listStateOf(new URL(address, 'http://x').searchParams);
    expect(hrefOf(state, { olderThan: state.olderThan })).toBe(address);
    expect(pageOf(state, NOW)).toEqual({
      filter: {
        status: ['posted', 'verified'],
        type: ['content_review'],
        created_after: new Date('2026-02-28T23:59:59.999Z'),
        created_before: new Date('2026-03-03T00:00:00Z'),
        metadata: { order: 'A-17' },
        search: 'kettle',
      },
      older_than: ID,
      limit: PAGE_SIZE,
    });
  });

  test('that somebody mistyped shows the list, not an error', () => {
    const state = listStateOf({
      status: 'done,verified',
      type: 'No Such Type',
      created: 'ever',
      from: '2026-02-31',
      older: ['a', 'b'],
      'metadata[]': 'x',
    });
    expect(pageOf(state, NOW)).toEqual({ filter: { status: ['verified'] }, limit: PAGE_SIZE });
  });

  test('counts a span back from the minute, so that a reload asks the same', () => {
    const state = listStateOf({ created: '24h' });
    expect(filterOf(state, NOW)).toEqual(filterOf(state, NOW + 10_000));
    expect(filterOf(state, NOW).created_after).toEqual(new Date('2026-03-10T15:30:00Z'));
  });

  test('begins at the first page when the filter changes, and a page alone is no filter', () => {
    const state = listStateOf({ older: ID });
    expect(isFiltered(state)).toBe(false);
    expect(hrefOf(state, { search: 'x' })).toBe('/dashboard/tasks?q=x');
  });
});
