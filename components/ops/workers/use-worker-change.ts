'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tell, tellFailure } from '@/components/ui/notices';

/** Mutation options for any change to a worker: refreshes the list and notifies of the result. */
export function useWorkerChange(done: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    onSuccess: () => tell(done),
    onError: tellFailure,
    onSettled: () => queryClient.invalidateQueries(trpc.onboarding.pathFilter()),
  };
}
