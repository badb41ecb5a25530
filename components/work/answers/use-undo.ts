'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tellFailure } from '@/components/ui/notices';

/** Takes an answer back that is not handed in yet, and opens it again. */
export function useUndo() {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const undo = useMutation(
    trpc.assignments.undo.mutationOptions({
      onSuccess: async (_, { assignmentId }) => {
        await queryClient.invalidateQueries(trpc.assignments.pathFilter());
        router.push(`/work/tasks/${assignmentId}`);
      },
      onError: (error) => {
        tellFailure(error);
        void queryClient.invalidateQueries(trpc.assignments.pathFilter());
      },
    }),
  );
  return { undo: undo.mutate, undoing: undo.isPending };
}
