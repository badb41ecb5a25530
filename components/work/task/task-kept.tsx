'use client';

import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { Countdown } from '@/components/ui/values/now';
import { forgetAnswer, type KeptAnswer } from '@/components/work/answers/kept-answers';
import { usePresence } from '@/components/work/presence/presence-context';
import type { Assignment } from './assignment';
import { BackToQueue } from './task-over';

/** The task page while its answer waits on this device for a connection. */
export function TaskKept({ assignment, answer }: { assignment: Assignment; answer: KeptAnswer }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { connected } = usePresence();
  const change = () => {
    queryClient.setQueryData(
      trpc.assignments.draft.queryKey({ assignmentId: assignment.id }),
      () => ({
        value: answer.output,
        savedAt: new Date(answer.keptAtMs),
        submitsAt: null,
      }),
    );
    forgetAnswer(assignment.id);
  };
  return (
    <PageBody>
      <div role="status">
        <PageHeader
          title="Saved on this device"
          about={
            connected
              ? 'The server did not answer. Your answer is sent again by itself, once.'
              : 'Your answer is sent when you are online, once, also from another page of this browser.'
          }
          actions={
            <Group gap="sm">
              <Button variant="default" onClick={change}>
                Change it
              </Button>
              <BackToQueue />
            </Group>
          }
        />
      </div>
      <Card title={assignment.task.title}>
        <Text size="sm" c="dimmed" mb="sm">
          It must arrive within <Countdown until={assignment.lapsesAt} />.
        </Text>
        <JsonBlock value={answer.output} label="your answer" maxHeight={320} />
      </Card>
    </PageBody>
  );
}
