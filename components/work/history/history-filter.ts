import { ANSWER_STATUSES } from '@/server/features/tasks/policy';

/** What the history shows, as its address says it. */
export interface HistoryFilter {
  status?: (typeof ANSWER_STATUSES)[number];
  type?: string;
  appealed?: true;
  after?: string;
}

/** The filter that an address asks for; what makes no sense in it is left out. */
export function historyFilterOf(read: (name: string) => string | null | undefined): HistoryFilter {
  const verdict = read('verdict');
  const status = ANSWER_STATUSES.find((each) => each === verdict);
  const type = read('type')?.slice(0, 128);
  const after = read('after');
  return {
    ...(status ? { status } : {}),
    ...(verdict === 'appealed' ? { appealed: true as const } : {}),
    ...(type ? { type } : {}),
    ...(after && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(after) ? { after } : {}),
  };
}

/** The address of a filter, as its query with the question mark. */
export function queryOf({ status, type, appealed, after }: HistoryFilter): string {
  const query = new URLSearchParams();
  const verdict = appealed ? 'appealed' : status;
  if (verdict) query.set('verdict', verdict);
  if (type) query.set('type', type);
  if (after) query.set('after', after);
  return query.size > 0 ? `?${query}` : '';
}
