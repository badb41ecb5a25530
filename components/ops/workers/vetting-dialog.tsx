'use client';

import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import { useWorkerChange } from './use-worker-change';

export type Decided = Pick<WorkerLine, 'id' | 'name'>;

/** Lets workers in or turns them away, with words that each of them reads. Ctrl+Enter sends. */
export function VettingDialog(props: {
  workers: readonly Decided[];
  approved: boolean;
  opened: boolean;
  onClose: () => void;
  onDone?: () => void;
}) {
  const { workers, approved, opened, onClose, onDone } = props;
  const trpc = useTRPC();
  const [reason, setReason] = useState('');
  const [first] = workers;
  const whom = workers.length === 1 && first ? first.name : `${workers.length} workers`;
  const isOne = workers.length === 1;
  const change = useWorkerChange(
    approved
      ? `${whom} ${isOne ? 'is' : 'are'} let in.`
      : `${whom} ${isOne ? 'is' : 'are'} turned away.`,
  );
  const decide = useMutation(
    trpc.workers.decideVetting.mutationOptions({
      ...change,
      onError: () => undefined,
      onSuccess: () => {
        change.onSuccess();
        setReason('');
        onClose();
        onDone?.();
      },
    }),
  );
  const send = () =>
    decide.mutate({ workerIds: workers.map(({ id }) => id), approved, reason: reason.trim() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const verb = approved ? 'Approve' : 'Reject';
  return (
    <Dialog opened={opened} onClose={onClose} title={`${verb} ${whom}?`}>
      <form noValidate onSubmit={submit}>
        <Textarea
          label={approved ? `A word to ${isOne ? 'the worker' : 'each'} (optional)` : 'Why'}
          description={`It stands in the e-mail to ${isOne ? 'the worker' : 'each'} and in the audit log. Ctrl+Enter sends.`}
          autosize
          minRows={3}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          error={decide.isError ? failureOf(decide.error).message : null}
        />
        <DialogActions
          mt="md"
          onCancel={onClose}
          color={approved ? undefined : 'red'}
          loading={decide.isPending}
        >
          {verb}
        </DialogActions>
      </form>
    </Dialog>
  );
}
