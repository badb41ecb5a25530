'use client';

import { Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';

/** Says why an answer was right after all. */
export function AppealDialog(props: { answerId: string; opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const appeal = useMutation(
    trpc.appeals.make.mutationOptions({
      onSuccess: () => {
        props.onClose();
        notifications.show({ message: 'Your appeal is recorded. You will hear what was decided.' });
        void queryClient.invalidateQueries(trpc.assignments.answers.pathFilter());
      },
    }),
  );
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/appeals/schema')).AppealAnswer,
    initial: {
      reason: '',
    },
    values: ({ reason }) => ({ answerId: props.answerId, reason }),
    send: (draft) => appeal.mutateAsync(draft),
  });
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="Appeal">
      <form {...checked.form}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Others who know nothing of your appeal are asked the same, or a reviewer reads it beside
            the task. If nobody decides it in time, it is decided in your favour. An answer can be
            appealed once, within seven days.
          </Text>
          <FormFault>{checked.general}</FormFault>
          <Textarea
            label="Why your answer was right"
            {...checked.bind('reason')}
            maxLength={2_000}
            autosize
            minRows={3}
            data-autofocus
          />
          <DialogActions onCancel={props.onClose} cancel="Leave it" {...checked.button}>
            Appeal
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
