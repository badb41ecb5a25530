'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSubscription } from '@trpc/tanstack-react-query';
import { useTRPC } from './trpc-provider';

/**
 * Reads tasks again as others change them.
 * @returns `false` while changes are heard as they happen, else after how many milliseconds to ask:
 *   the value of `refetchInterval` that keeps a page fresh either way.
 */
export function useTaskChanges(taskId?: string): false | number {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { status } = useSubscription(
    trpc.tasks.changes.subscriptionOptions(taskId ? { taskId } : {}, {
      onData: () => {
        void queryClient.invalidateQueries(trpc.tasks.pathFilter());
        void queryClient.invalidateQueries(trpc.votes.pathFilter());
        void queryClient.invalidateQueries(trpc.ledger.pathFilter());
        void queryClient.invalidateQueries(trpc.deliveries.pathFilter());
      },
    }),
  );
  return status === 'pending' ? false : 3_000;
}
