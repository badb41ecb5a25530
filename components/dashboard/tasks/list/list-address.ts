import { asDay, asId, asOneOf } from '@/components/ui/tables/address-values';
import { TYPE_NAME } from '@/server/features/task-types/policy';
import { TASK_STATUSES } from '@/server/features/tasks/policy';
import type { FindTasks, TaskFilter, TaskStatus } from '@/server/features/tasks/schema';

/** The task list's state as its address says it, so that it can be shared, reloaded and gone back to. */

export const PAGE_SIZE = 25;
export const LIST_PATH = '/dashboard/tasks';

/** Spans of time that end now, by their name in the address. */
export const SPANS = {
  '1h': { label: 'Last hour', ms: 3_600_000 },
  '24h': { label: 'Last 24 hours', ms: 86_400_000 },
  '7d': { label: 'Last 7 days', ms: 7 * 86_400_000 },
  '30d': { label: 'Last 30 days', ms: 30 * 86_400_000 },
} as const;
export type Span = keyof typeof SPANS;

export interface ListState {
  status: TaskStatus[];
  type: string[];
  span: Span | null;
  /** Days as `YYYY-MM-DD`, both included, by UTC. */
  from: string | null;
  to: string | null;
  metadata: Record<string, string>;
  search: string;
  olderThan: string | null;
  newerThan: string | null;
}

/** Parameters as Next gives them, or as the browser's address has them. */
type Parameters = Record<string, string | string[] | undefined> | URLSearchParams;

const METADATA = /^metadata\[(.{1,64})\]$/;
const asStatus = asOneOf(TASK_STATUSES);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function pairsOf(params: Parameters): [string, string][] {
  if (params instanceof URLSearchParams) return [...params];
  return Object.entries(params).flatMap(([name, value]) =>
    [value ?? []].flat().map((each): [string, string] => [name, each]),
  );
}

/** What the address says; what makes no sense there is left out. */
export function listStateOf(params: Parameters): ListState {
  const pairs = pairsOf(params);
  const first = (name: string) => pairs.find(([key]) => key === name)?.[1] ?? null;
  const list = (name: string) => (first(name) ?? '').split(',').filter(Boolean);
  const one = (name: string, take: (value: string) => string | undefined) =>
    take(first(name) ?? '') ?? null;
  const metadata = pairs.flatMap(([name, value]) => {
    const key = METADATA.exec(name)?.[1];
    return key && value.length <= 1024 ? [[key, value] as const] : [];
  });
  const span = first('created');
  return {
    status: [...new Set(list('status').flatMap((each) => asStatus(each) ?? []))],
    type: [...new Set(list('type').filter((each) => TYPE_NAME.test(each)))].slice(0, 50),
    span: span !== null && span in SPANS ? (span as Span) : null,
    from: one('from', asDay),
    to: one('to', asDay),
    metadata: Object.fromEntries(metadata),
    search: (first('q') ?? '').slice(0, 200),
    olderThan: one('older', asId),
    newerThan: one('newer', asId),
  };
}

/** The parameters of a state, in an order that is always the same. */
export function parametersOf(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | null) => {
    if (value) params.set(name, value);
  };
  set('q', state.search);
  set('status', state.status.join(','));
  set('type', state.type.join(','));
  set('created', state.span);
  set('from', state.from);
  set('to', state.to);
  for (const [key, value] of Object.entries(state.metadata)) params.set(`metadata[${key}]`, value);
  set('older', state.olderThan);
  set('newer', state.newerThan);
  return params;
}

/** The address of a state; a change of the filter begins at its first page. */
export function hrefOf(state: ListState, change: Partial<ListState> = {}): string {
  const params = parametersOf({ ...state, olderThan: null, newerThan: null, ...change });
  const text = params.toString();
  return text ? `${LIST_PATH}?${text}` : LIST_PATH;
}

/** The parameters of a state's filter alone, whatever its page. */
export function filterParametersOf(state: ListState): URLSearchParams {
  return parametersOf({ ...state, olderThan: null, newerThan: null });
}

export function isFiltered(state: ListState): boolean {
  return filterParametersOf(state).size > 0;
}

/**
 * The filter to ask the server for. Spans are counted back from the minute, so that the same list
 * asked for twice is the same question.
 */
export function filterOf(state: ListState, nowMs: number): TaskFilter {
  const minute = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS;
  const after = state.from
    ? new Date(Date.parse(state.from) - 1)
    : state.span
      ? new Date(minute - SPANS[state.span].ms)
      : null;
  return {
    ...(state.status.length > 0 ? { status: state.status } : {}),
    ...(state.type.length > 0 ? { type: state.type } : {}),
    ...(after ? { created_after: after } : {}),
    ...(state.to ? { created_before: new Date(Date.parse(state.to) + DAY_MS) } : {}),
    ...(Object.keys(state.metadata).length > 0 ? { metadata: state.metadata } : {}),
    ...(state.search.trim() ? { search: state.search.trim() } : {}),
  };
}

/** The page to ask the server for. */
export function pageOf(state: ListState, nowMs: number): FindTasks {
  return {
    filter: filterOf(state, nowMs),
    limit: PAGE_SIZE,
    ...(state.olderThan ? { older_than: state.olderThan } : {}),
    ...(state.newerThan && !state.olderThan ? { newer_than: state.newerThan } : {}),
  };
}
