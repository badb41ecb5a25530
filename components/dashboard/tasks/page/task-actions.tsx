'use client';

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { isCancellable } from '@/components/dashboard/tasks/statuses';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { JsonBlock } from '@/components/ui/code/code-block';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { Icon } from '@/components/ui/icons';
import { Menu, MenuItem, MenuLink } from '@/components/ui/menus/menu';
import { tell, tellFailure } from '@/components/ui/notices';
import type { Task } from '@/server/features/tasks/schema';

/** What can be done with a task, and taken from it. */
export function TaskActions({ task, mayChange }: { task: Task; mayChange: boolean }) {
  const [raw, { open, close }] = useDisclosure(false);
  const ended = task.completed_at !== null;
  return (
    <>
      {mayChange && isCancellable(task.status) ? <CancelTask id={task.id} /> : null}
      {mayChange ? (
        <Button
          component={Link}
          variant="default"
          href={`/dashboard/playground?from=${task.id}`}
          prefetch={false}
        >
          Create similar
        </Button>
      ) : null}
      <Menu
        side="bottom-end"
        button={(opens) => (
          <Button {...opens} variant="default" rightSection={<Icon name="chevrons" size={12} />}>
            More
          </Button>
        )}
      >
        <MenuItem onClick={open}>Raw JSON</MenuItem>
        {mayChange && task.status === 'verified' ? (
          <MenuLink href={`/dashboard/task-types/${task.type}/golds?from=${task.id}`}>
            Make a gold of it
          </MenuLink>
        ) : null}
        {ended ? (
          <MenuLink href={`/dashboard/tasks/${task.id}/receipt`} download>
            Download the receipt
          </MenuLink>
        ) : null}
        <MenuItem
          onClick={() => {
            navigator.clipboard
              .writeText(task.id)
              .then(() => tell('The id is copied.'), tellFailure);
          }}
        >
          Copy the id
        </MenuItem>
      </Menu>
      <Dialog opened={raw} onClose={close} title="The task as the API answers it" size="xl">
        <JsonBlock value={task} label="the task as JSON" maxHeight={520} />
      </Dialog>
    </>
  );
}

function CancelTask({ id }: { id: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.tasks.cancel.mutationOptions({
      onError: tellFailure,
      onSettled: () => {
        void queryClient.invalidateQueries(trpc.tasks.pathFilter());
        void queryClient.invalidateQueries(trpc.votes.pathFilter());
      },
    }),
  );
  return (
    <ConfirmButton
      label="Cancel task"
      question="Cancel this task?"
      verb="Cancel task"
      dismiss="Keep it"
      busy={cancel.isPending}
      button={{ size: 'sm' }}
      onConfirm={() => cancel.mutateAsync({ id })}
    >
      No worker will answer it, and what it holds is free again.
    </ConfirmButton>
  );
}
