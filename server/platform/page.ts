/** One page of a list, as in every list response. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  /** Pass it as `after` for the next page; null on the last page. */
  next_cursor: string | null;
}

/**
 * Makes a page of rows read with `limit + 1`: the extra row only indicates that there are more. The
 * cursor is the last row's ID, because IDs sort by time.
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
