'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { useKeptAnswer } from '@/components/work/answers/use-kept-answers';
import { usePresence } from '@/components/work/presence/presence-context';
import type { Assignment } from './assignment';
import { OpenTask } from './open-task';
import { TaskKept } from './task-kept';
import { BackToQueue, TaskOver, TaskWaiting } from './task-over';

/** One assignment at its worker's desk. Opening an offer starts it. */
export function TaskDesk({ assignmentId }: { assignmentId: string }) {
  const trpc = useTRPC();
  const { refetchInterval } = usePresence();
  const assignment = useQuery(
    trpc.assignments.get.queryOptions({ assignmentId }, { refetchInterval }),
  );
  const kept = useKeptAnswer(assignmentId);
  useStart(assignment.data);
  // A read that fails later, as on a bad connection, takes nothing off the desk.
  if (assignment.isError && !assignment.data) {
    return (
      <PageBody>
        <QueryFailure query={assignment} />
        <BackToQueue />
      </PageBody>
    );
  }
  if (!assignment.data) {
    return (
      <PageBody>
        <Loading height={320} radius="lg" label="Loading the task" />
      </PageBody>
    );
  }
  const { status } = assignment.data;
  if (status !== 'offered' && status !== 'active') return <TaskOver assignment={assignment.data} />;
  if (kept) return <TaskKept assignment={assignment.data} answer={kept} />;
  if (assignment.data.submitsAt) return <TaskWaiting assignment={assignment.data} />;
  return <OpenTask assignment={assignment.data} />;
}

function useStart(assignment: Assignment | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const started = useRef(false);
  const { mutate } = useMutation(
    trpc.assignments.start.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.assignments.pathFilter()),
    }),
  );
  const offered = assignment?.status === 'offered' ? assignment.id : null;
  useEffect(() => {
    if (!offered || started.current) return;
    started.current = true;
    mutate({ assignmentId: offered });
  }, [offered, mutate]);
}
