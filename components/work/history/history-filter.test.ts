import { describe, expect, it } from 'vitest';
import { type HistoryFilter, historyFilterOf, queryOf } from './history-filter';

const after = '01a210c0-32da-702a-98ec-5cff36cbaaba';
const readOf = (query: string) => {
  const params = new URLSearchParams(query);
  return historyFilterOf((name) => params.get(name));
};

describe('the address of the history', () => {
  it.each<HistoryFilter>([
    {},
    { status: 'rejected' },
    { appealed: true, type: 'content_review' },
    { status: 'accepted', type: 'a.b-c', after },
  ])('keeps %j over a reload', (filter) => {
    expect(readOf(queryOf(filter))).toEqual(filter);
  });

  it('leaves out what makes no sense', () => {
    expect(readOf('?verdict=loved&after=1;DROP&type=')).toEqual({});
  });
});
