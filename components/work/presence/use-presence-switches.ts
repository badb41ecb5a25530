'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anticipate } from '@/components/trpc/anticipate';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';

/** The worker's two switches; each turns at once, and back where the server refuses. */
export function usePresenceSwitches() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const profile = useQuery(trpc.workers.profile.queryOptions());
  const queryKey = trpc.workers.profile.queryKey();
  const turn = (change: { online?: boolean; onCall?: boolean }) =>
    anticipate(queryClient, queryKey, (before) => ({ ...before, ...change }));
  const turnBack = (error: unknown, before: typeof profile.data) => {
    if (before) queryClient.setQueryData(queryKey, before);
    tellFailure(error);
  };
  const settle = () => queryClient.invalidateQueries({ queryKey });
  const online = useMutation(
    trpc.workers.setOnline.mutationOptions({
      onMutate: (change) => turn(change),
      onError: (error, _change, before) => turnBack(error, before),
      onSettled: settle,
    }),
  );
  const onCall = useMutation(
    trpc.workers.setOnCall.mutationOptions({
      onMutate: (change) => turn(change),
      onError: (error, _change, before) => turnBack(error, before),
      onSettled: settle,
    }),
  );
  return {
    profile: profile.data,
    isSwitching: online.isPending,
    setOnline: online.mutate,
    setOnCall: onCall.mutate,
  };
}
