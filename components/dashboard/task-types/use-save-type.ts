'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { tell } from '@/components/ui/notices';
import type { PutTaskType, TaskType } from '@/server/features/task-types/schema';
import type { Faults } from '../term-fields';

/** Saves, restores and deletes a type; what the server says against it comes by field. */
export function useSaveType(options: {
  type: string;
  base: TaskType | null;
  isDirty: boolean;
  onSaved: (saved: TaskType) => void;
}) {
  const { type, base } = options;
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const read = () => queryClient.invalidateQueries(trpc.taskTypes.pathFilter());
  useLeaveWarning(options.isDirty);
  const expected = base && !base.shipped ? base.version : 0;

  const save = useMutation(
    trpc.taskTypes.save.mutationOptions({
      onSuccess: async (saved) => {
        options.onSaved(saved);
        tell(`Version ${saved.version} is saved.`);
        await read();
      },
      // What the other one saved is shown at once.
      onError: read,
    }),
  );
  const restore = useAct(trpc.taskTypes.restore, {
    after: async (saved) => {
      options.onSaved(saved);
      tell(`Saved as version ${saved.version}.`);
      await read();
    },
  });
  const remove = useAct(trpc.taskTypes.remove, {
    after: async () => {
      await queryClient.invalidateQueries(trpc.taskTypes.list.pathFilter());
      router.push('/dashboard/task-types');
    },
  });

  const failure = save.error ? failureOf(save.error) : null;
  const conflict = failure?.code === 'task_type_changed';
  return {
    run: (saved: PutTaskType, over?: number) =>
      save.mutate({ ...saved, type, expected_version: over ?? expected }),
    restore: (version: number) =>
      restore.mutateAsync({ type, version, expected_version: expected }),
    remove: () => remove.mutateAsync({ type }),
    isSaving: save.isPending,
    isRestoring: restore.isPending,
    isRemoving: remove.isPending,
    conflict,
    refusal: failure && !conflict ? failure.message : null,
    faults: failure && !conflict ? faultsOf(failure) : {},
    forgetFaults: () => {
      if (save.error) save.reset();
    },
  };
}

function faultsOf(failure: { param: string | null; message: string; details: unknown }): Faults {
  const listed = Array.isArray(failure.details)
    ? (failure.details as { param?: string; message?: string }[])
    : [{ param: failure.param ?? '', message: failure.message }];
  return Object.fromEntries(
    listed.flatMap(({ param, message }) => (param && message ? [[param, message]] : [])),
  );
}

/** Asks before a page with unsaved changes is left. */
function useLeaveWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isDirty]);
}
