'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { anticipate } from '@/components/trpc/anticipate';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';
import type { SavePreferences } from '@/server/features/workers/schema';

/** What the worker has set, kept on the server; a change shows at once and is taken back if refused. */
export function usePreferences() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.workers.preferences.queryOptions());
  const queryKey = trpc.workers.preferences.queryKey();
  const { mutate } = useMutation(
    trpc.workers.savePreferences.mutationOptions({
      onMutate: (changes) =>
        anticipate(queryClient, queryKey, (before) => ({ ...before, ...definedOf(changes) })),
      onError: (error, _changes, before) => {
        if (before) queryClient.setQueryData(queryKey, before);
        tellFailure(error);
      },
      onSuccess: (saved) => queryClient.setQueryData(queryKey, saved),
    }),
  );
  return { preferences: data, save: (changes: SavePreferences) => mutate(changes) };
}

function definedOf<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
