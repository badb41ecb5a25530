'use client';

import { Alert, Chip, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';

const REASONS = [
  'I cannot tell',
  'Not my field',
  'Something is missing',
  'No time left',
  'I do not want to see this',
];

/** Gives a task back with a reason; it goes to somebody else at once. */
export function ReleaseDialog(props: {
  assignmentId: string;
  opened: boolean;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const release = useMutation(
    trpc.assignments.release.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.assignments.pathFilter());
        router.push('/work');
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!reason.trim());
    if (reason.trim()) release.mutate({ assignmentId: props.assignmentId, reason: reason.trim() });
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Give this task back">
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            It goes to somebody else at once, and costs you nothing. Your draft is dropped, and the
            task does not come back to you.
          </Text>
          {release.error ? (
            <Alert color="red" role="alert">
              {failureOf(release.error).message}
            </Alert>
          ) : null}
          <Chip.Group
            value={reason}
            onChange={(value) => setReason(typeof value === 'string' ? value : '')}
          >
            <Group gap={6}>
              {REASONS.map((each) => (
                <Chip key={each} value={each} size="xs">
                  {each}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
          <TextInput
            label="Reason"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={missing ? 'Choose a reason, or write one.' : null}
            maxLength={500}
            data-autofocus
          />
          <DialogActions
            onCancel={props.onClose}
            cancel="Keep the task"
            color="red"
            loading={release.isPending}
          >
            Give back
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
