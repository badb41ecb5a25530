'use client';

import { Loading, type LoadingProps } from '@/components/ui/loading';
import { FailureNotice } from './failure-notice';

export interface Query {
  error: unknown;
  isError: boolean;
  isPending: boolean;
  refetch: () => unknown;
}

/** A failed query, with a way to try again; nothing while it has not failed. */
export function QueryFailure({ query }: { query: Pick<Query, 'error' | 'isError' | 'refetch'> }) {
  if (!query.isError) return null;
  return <FailureNotice error={query.error} onRetry={() => void query.refetch()} />;
}

/** What a page shows until a query has data: why it failed, or a placeholder while it loads. */
export function QueryState({ query, ...place }: { query: Query } & LoadingProps) {
  if (query.isPending) return <Loading {...place} />;
  return <QueryFailure query={query} />;
}
