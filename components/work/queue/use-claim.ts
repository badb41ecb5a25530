'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';

/** Takes a task from the queue and opens it; where somebody was faster, the list says so. */
export function useClaim() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.queue.claim.mutationOptions({
      // Without a connection it fails now, rather than takes a task at some later moment.
      networkMode: 'always',
      onSuccess: ({ assignmentId }) => router.push(`/work/tasks/${assignmentId}`),
      onError: (error) => {
        tellFailure(error);
        void queryClient.invalidateQueries(trpc.queue.pathFilter());
      },
    }),
  );
}
