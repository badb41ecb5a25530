import type { ReactNode } from 'react';
import { Card } from './card';
import { type Query, QueryFailure } from './failures/query-state';
import { Loading, type LoadingProps } from './loading';

interface QueryCardProps {
  query: Query & { data?: readonly unknown[] | { data?: readonly unknown[] } | object | undefined };
  title?: string;
  aside?: ReactNode;
  /** The placeholder while the query loads; one line of text by default. */
  wait?: LoadingProps;
  /** What the card says when the list is empty. */
  empty?: ReactNode;
  /** Keeps the card, with the data there is, below the failure of a refetch. */
  keep?: boolean;
  children: ReactNode;
}

/** Whether a query has its list, or page of a list, and that has nothing in it. */
export function isEmptyList(data: QueryCardProps['query']['data']): boolean {
  const rows = data && 'data' in data ? data.data : data;
  return Array.isArray(rows) && rows.length === 0;
}

/** A card of what a query returns: a placeholder while it loads, and in its stead why it failed. */
export function QueryCard(props: QueryCardProps) {
  const { query, title, aside, wait, empty, keep, children } = props;
  const card = (
    <Card flush {...(title ? { title } : {})} aside={aside}>
      {query.isPending ? <Loading height={14} m={20} width="50%" {...wait} /> : null}
      {isEmptyList(query.data) ? empty : null}
      {children}
    </Card>
  );
  if (!query.isError) return card;
  return (
    <>
      <QueryFailure query={query} />
      {keep ? card : null}
    </>
  );
}
