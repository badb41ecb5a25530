/** One page of a list, as every list of the API answers it. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  /** Pass it as `after` for the next page; null on the last one. */
  next_cursor: string | null;
}

/**
 * Makes a page of rows that were read with `limit + 1`: the one too many only says there is more.
 * The cursor is the last row's id, since ids sort by time.
 */
export function pageOf<Row extends { id: string }, Item>(
  rows: readonly Row[],
  limit: number,
  render: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const hasMore = rows.length > limit;
  return {
    data: shown.map(render),
    has_more: hasMore,
    next_cursor: hasMore ? (shown.at(-1)?.id ?? null) : null,
  };
}
