'use client';

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { FIRST_TASK } from '@/components/dashboard/snippets/send-task';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { CodeBlock } from '@/components/ui/code/code-block';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { Status } from '@/components/ui/status';
import type { Task } from '@/server/features/tasks/schema';

const OPEN = ['posted', 'assigned', 'submitted'];

/** Sends the task of the snippet, over the same API and with the same key, and follows it. */
export function SendTask({ keyText }: { keyText: string | null }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const send = useMutation({
    mutationFn: () => postTask(keyText ?? ''),
    onSettled: () => queryClient.invalidateQueries(trpc.tasks.pathFilter()),
  });
  return (
    <Stack gap={10}>
      <Group gap="sm">
        <Button
          leftSection={<Icon name="bolt" />}
          disabled={keyText === null}
          loading={send.isPending}
          onClick={() => send.mutate()}
        >
          Send it now
        </Button>
        {keyText === null ? (
          <Text size="sm" c="dimmed">
            It needs a key whose text is still known: create one above.
          </Text>
        ) : null}
      </Group>
      <FormFault>{send.error?.message}</FormFault>
      {send.data ? <FollowedTask key={send.data} id={send.data} /> : null}
    </Stack>
  );
}

/** @throws Error with the API's own words. */
async function postTask(keyText: string): Promise<string> {
  const response = await fetch('/v1/tasks', {
    method: 'POST',
    headers: { Authorization: `Bearer ${keyText}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(FIRST_TASK),
  }).catch(() => {
    throw new Error('The server cannot be reached. Check your connection and try again.');
  });
  const answer = (await response.json()) as { id?: string; error?: { message: string } };
  if (!answer.id) throw new Error(answer.error?.message ?? 'The task was not taken.');
  return answer.id;
}

/** A task as it passes from status to status, and what came of it. */
export function FollowedTask({ id }: { id: string }) {
  const trpc = useTRPC();
  const refetchInterval = useTaskChanges(id);
  const task = useQuery(trpc.tasks.get.queryOptions({ id }, { refetchInterval }));
  if (task.isError) return <QueryFailure query={task} />;
  return (
    <Stack gap={8} data-testid="followed-task" role="status">
      <Group gap="md">
        {passed(task.data).map((status) => (
          <Status key={status} value={status} />
        ))}
        <Anchor component={Link} href={`/dashboard/tasks/${id}`} size="sm">
          See the task
        </Anchor>
      </Group>
      {task.data && task.data.output !== null ? (
        <CodeBlock
          code={JSON.stringify(task.data.output, null, 2)}
          label="the verified answer"
          wrap
        />
      ) : null}
      {task.data?.failure_reason ? <Text size="sm">{task.data.failure_reason.message}</Text> : null}
    </Stack>
  );
}

/** The statuses a task has been through, in order. */
function passed(task: Task | undefined): string[] {
  if (!task) return ['posted'];
  const way = ['posted'];
  if (task.assigned_at) way.push('assigned');
  if (task.submitted_at) way.push('submitted');
  if (!OPEN.includes(task.status)) way.push(task.status);
  return way;
}
