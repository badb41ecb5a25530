'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { anticipate } from '@/components/trpc/anticipate';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';
import { usePresence } from '@/components/work/presence/presence-context';

/** What is offered to the worker now, the oldest first, and what can be done about it. */
export function useOffers() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { refetchInterval } = usePresence();
  const assignments = useQuery(trpc.assignments.list.queryOptions(undefined, { refetchInterval }));
  const queryKey = trpc.assignments.list.queryKey();
  const decline = useMutation(
    trpc.assignments.decline.mutationOptions({
      // It goes at once; the next one, if any, comes by itself.
      onMutate: ({ assignmentId }) =>
        anticipate(queryClient, queryKey, (list) =>
          list.filter((each) => each.id !== assignmentId),
        ),
      onError: tellFailure,
      onSettled: () => queryClient.invalidateQueries(trpc.assignments.pathFilter()),
    }),
  );
  const start = useMutation(
    trpc.assignments.start.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.assignments.pathFilter()),
    }),
  );
  return {
    offers: assignments.data?.filter((each) => each.status === 'offered' && !each.submitsAt),
    /** Starts it at once, so that a page which is slow to open costs nobody the offer. */
    start: (assignmentId: string) => start.mutate({ assignmentId }),
    accept: (assignmentId: string) => {
      start.mutate({ assignmentId });
      router.push(`/work/tasks/${assignmentId}`);
    },
    decline: (assignmentId: string) => decline.mutate({ assignmentId }),
  };
}
export type Offer = NonNullable<ReturnType<typeof useOffers>['offers']>[number];
