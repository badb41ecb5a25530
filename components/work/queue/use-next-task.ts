'use client';

import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useTRPC, useTRPCClient } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';

/**
 * Goes on to the next task: one the worker holds already, else one from the queue; to the queue's
 * page where there is none.
 */
export function useNextTask() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const find = useMutation({
    // Without a connection it fails now, rather than takes a task at some later moment.
    networkMode: 'always',
    mutationFn: async (): Promise<string | null> => {
      const held = (await client.assignments.list.query()).find((each) => !each.submitsAt);
      if (held) return held.id;
      return (await client.queue.takeNext.mutate())?.assignmentId ?? null;
    },
    onError: tellFailure,
    onSettled: () => {
      void queryClient.invalidateQueries(trpc.assignments.list.pathFilter());
      void queryClient.invalidateQueries(trpc.queue.pathFilter());
    },
  });
  const { mutateAsync, isPending } = find;
  const goOn = useCallback(
    async (options: { whenNone: string }) => {
      const assignmentId = await mutateAsync().catch(() => undefined);
      if (assignmentId) {
        router.push(`/work/tasks/${assignmentId}`);
        return;
      }
      if (assignmentId === null) notifications.show({ message: options.whenNone });
      router.push('/work');
    },
    [mutateAsync, router],
  );
  return { goOn, isSearching: isPending };
}
