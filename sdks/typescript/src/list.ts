import { Page, PagePromise } from './pagination.js';
import type { QueryValue, RequestOptions, Transport } from './transport.js';
import { fromWire } from './wire-case.js';

interface WireList {
  data: unknown[];
  has_more?: boolean;
  next_cursor?: string | null;
}

/** A paged list at `path`; the filters apply to every page. */
export function listOf<T>(
  transport: Transport,
  path: string,
  query: Record<string, QueryValue>,
  options: RequestOptions | undefined,
): PagePromise<T> {
  const fetchPage = async (after?: string): Promise<Page<T>> => {
    const answer = (await transport.request({
      method: 'GET',
      path,
      query: after === undefined ? query : { ...query, after },
      options,
    })) as WireList;
    return new Page<T>(
      answer.data.map((item) => fromWire<T>(item)),
      answer.has_more ?? false,
      answer.next_cursor ?? null,
      fetchPage,
    );
  };
  return new PagePromise(fetchPage());
}
