'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tell, tellFailure } from '@/components/ui/notices';

/** What follows any change of a worker: the list is read again, and a failure is told. */
export function useWorkerChange(done: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return {
    onSuccess: () => tell(done),
    onError: tellFailure,
    onSettled: () => queryClient.invalidateQueries(trpc.onboarding.pathFilter()),
  };
}
