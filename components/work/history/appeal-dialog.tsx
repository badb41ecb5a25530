'use client';

import { Alert, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { useContract } from '@/components/ui/inputs/use-contract';

const fetchContract = () =>
  import('@/server/features/appeals/schema').then((contracts) => contracts.AppealAnswer);

/** Says why an answer was right after all. */
export function AppealDialog(props: { answerId: string; opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const contract = useContract(fetchContract);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const appeal = useMutation(
    trpc.appeals.make.mutationOptions({
      onSuccess: () => {
        props.onClose();
        notifications.show({ message: 'Your appeal is recorded. You will hear what was decided.' });
        void queryClient.invalidateQueries(trpc.assignments.answers.pathFilter());
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!contract) return;
    const input = contract.safeParse({ answerId: props.answerId, reason });
    setFault(input.success ? null : (input.error.issues[0]?.message ?? null));
    if (input.success) appeal.mutate(input.data);
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Appeal">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Others who know nothing of your appeal are asked the same, or a reviewer reads it beside
            the task. If nobody decides it in time, it is decided in your favour. An answer can be
            appealed once, within seven days.
          </Text>
          {appeal.error ? (
            <Alert color="red" role="alert">
              {failureOf(appeal.error).message}
            </Alert>
          ) : null}
          <Textarea
            label="Why your answer was right"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={fault}
            maxLength={2_000}
            autosize
            minRows={3}
            data-autofocus
          />
          <DialogActions
            onCancel={props.onClose}
            cancel="Leave it"
            loading={appeal.isPending}
            disabled={!contract}
          >
            Appeal
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
