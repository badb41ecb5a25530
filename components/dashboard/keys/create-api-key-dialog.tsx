'use client';

import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { Select } from '@/components/ui/inputs/select';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import type { CreateApiKey } from '@/server/features/api-keys/schema';

/** The scopes a key can have. */
export const SCOPES = [
  { value: 'tasks:read', label: 'Read tasks' },
  { value: 'tasks:write', label: 'Create and cancel tasks' },
  { value: 'webhooks:write', label: 'Manage webhooks' },
  { value: 'usage:read', label: 'Read usage and balance' },
] as const;

interface DialogProps {
  mode: 'live' | 'test';
  opened: boolean;
  onClose: () => void;
}

/** Creates a key, then shows its text once. */
export function CreateApiKeyDialog({ mode, opened, onClose }: DialogProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.apiKeys.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.apiKeys.pathFilter()),
    }),
  );
  const close = () => {
    onClose();
    create.reset();
  };
  const made = create.data;
  return (
    <Dialog
      opened={opened}
      onClose={close}
      title={made ? 'Copy the key now' : `Create a ${mode} key`}
      // A stray click must not lose a text that is shown only once.
      closeOnClickOutside={!made}
    >
      {made ? (
        <ShownOnce text={made.plaintext} testId="new-api-key" onDone={close}>
          It is shown once. Keep it where your program reads its secrets.
        </ShownOnce>
      ) : (
        <KeyForm mode={mode} onCancel={close} onCreate={(key) => create.mutateAsync(key)} />
      )}
    </Dialog>
  );
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const LIFETIMES = [
  { value: '0', label: 'Never' },
  { value: '7', label: 'After 7 days' },
  { value: '30', label: 'After 30 days' },
  { value: '90', label: 'After 90 days' },
  { value: '365', label: 'After a year' },
];

function KeyForm(props: {
  mode: 'live' | 'test';
  onCancel: () => void;
  onCreate: (key: CreateApiKey) => Promise<unknown>;
}) {
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/api-keys/schema')).CreateApiKey,
    initial: {
      name: '',
      scopes: SCOPES.map((scope) => scope.value as string),
      maxSpendSatsPerDay: '' as number | string,
      days: '0',
    },
    values: ({ name, scopes, maxSpendSatsPerDay, days }) => ({
      name,
      mode: props.mode,
      scopes,
      ...(maxSpendSatsPerDay === '' ? {} : { maxSpendSatsPerDay }),
      ...(days === '0' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS) }),
    }),
    send: props.onCreate,
  });
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <FormFault>{checked.general}</FormFault>
        <TextInput
          label="Name"
          placeholder="Moderation agent"
          {...checked.bind('name')}
          data-autofocus
        />
        <Checkbox.Group label="What it may do" {...checked.bind('scopes')}>
          <Stack gap={8} mt={8}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope.value} value={scope.value} label={scope.label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <SatsInput
          label="Most it may spend a day"
          description="In sats, from midnight to midnight UTC. Empty is no cap."
          {...checked.bind('maxSpendSatsPerDay')}
          min={1}
        />
        <Select label="Ends" {...checked.bind('days')} data={LIFETIMES} />
        <DialogActions onCancel={props.onCancel} {...checked.button}>
          Create key
        </DialogActions>
      </Stack>
    </form>
  );
}
