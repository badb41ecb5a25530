'use client';

import { Anchor, Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import dashboard from '@/components/dashboard/dashboard.module.css';
import type { Role } from '@/components/dashboard/roles';
import { SlaBar } from '@/components/dashboard/tasks/sla-bar';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import { humanise } from '@/components/ui/values/humanise';
import type { Task } from '@/server/features/tasks/schema';
import { TaskActions } from './task-actions';
import { TaskAsked } from './task-asked';
import { TaskCost } from './task-cost';
import { TaskDeliveries } from './task-deliveries';
import { TaskFacts } from './task-facts';
import { TaskOutcome } from './task-outcome';
import { TaskReport } from './task-report';
import { TaskTimeline } from './task-timeline';
import { TaskVotes } from './task-votes';

interface TaskPageProps {
  id: string;
  role: Role;
}

/** One task from its customer's side: what was asked, answered, verified, paid and delivered. */
export function TaskPage({ id, role }: TaskPageProps) {
  const trpc = useTRPC();
  const refetchInterval = useTaskChanges(id);
  const task = useQuery(trpc.tasks.get.queryOptions({ id }, { refetchInterval }));
  if (task.isError && failureOf(task.error).code === 'not_found') return <NoTask />;
  return (
    <PageBody>
      <Anchor component={Link} href="/dashboard/tasks" size="sm" c="dimmed">
        <Group gap={6} mb={12}>
          <Icon name="back" size={14} />
          Tasks
        </Group>
      </Anchor>
      <QueryState query={task} height={28} width={280} label="Loading the task" />
      {task.data ? (
        <Found task={task.data} refetchInterval={refetchInterval} mayChange={role !== 'viewer'} />
      ) : null}
    </PageBody>
  );
}

interface FoundProps {
  task: Task;
  refetchInterval: false | number;
  mayChange: boolean;
}

function Found({ task, refetchInterval, mayChange }: FoundProps) {
  const trpc = useTRPC();
  const about = { refetchInterval };
  const votes = useQuery(trpc.votes.ofTask.queryOptions({ taskId: task.id }, about));
  const agent = useQuery(trpc.votes.ofAgent.queryOptions({ taskId: task.id }, about));
  const origin = useQuery(trpc.tasks.origin.queryOptions({ id: task.id }, about));
  return (
    <>
      <PageHeader
        title={humanise(task.type)}
        about={
          <Group gap="md">
            <Status value={task.status} />
            <SlaBar
              createdAt={new Date(task.created_at)}
              completedAt={task.completed_at ? new Date(task.completed_at) : null}
              slaSeconds={task.sla_seconds}
            />
            <span className="mono clip">{task.id}</span>
          </Group>
        }
        actions={<TaskActions task={task} mayChange={mayChange} />}
      />
      <div className={dashboard.taskGrid}>
        <div className={dashboard.stack}>
          <TaskOutcome task={task} origin={origin.data} />
          <TaskReport task={task} />
          <TaskVotes votes={votes} agent={agent.data ?? null} confidence={task.confidence} />
          <TaskAsked task={task} origin={origin.data} />
        </div>
        <div className={dashboard.stack}>
          <TaskFacts task={task} origin={origin.data} />
          <TaskCost task={task} />
          <TaskTimeline
            taskId={task.id}
            votes={votes.data ?? []}
            refetchInterval={refetchInterval}
          />
          <TaskDeliveries
            taskId={task.id}
            refetchInterval={refetchInterval}
            mayReplay={mayChange}
          />
        </div>
      </div>
    </>
  );
}

function NoTask() {
  return (
    <PageBody>
      <EmptyState
        icon={<Icon name="list" />}
        title="No such task here"
        action={
          <Button component={Link} href="/dashboard/tasks" variant="default">
            To the tasks
          </Button>
        }
      >
        It is not in this organization and mode. Tasks of the other mode are behind the switch Test
        / Live.
      </EmptyState>
    </PageBody>
  );
}
