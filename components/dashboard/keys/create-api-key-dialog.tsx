'use client';

import { Alert, Checkbox, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Icon } from '@/components/ui/icons';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { Select } from '@/components/ui/inputs/select';
import type { CreateApiKey } from '@/server/features/api-keys/schema';

/** What a key may be allowed to do. */
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

/** Makes a key, then shows its text: the only time anybody sees it. */
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
      // A stray click must not lose a text that is shown once.
      closeOnClickOutside={!made}
    >
      {made ? (
        <ShownOnce text={made.plaintext} testId="new-api-key" onDone={close}>
          It is shown once. Keep it where your program reads its secrets.
        </ShownOnce>
      ) : (
        <KeyForm
          mode={mode}
          busy={create.isPending}
          fault={create.error ? failureOf(create.error).message : null}
          onCancel={close}
          onCreate={(key) => create.mutate(key)}
        />
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

/** Checked in place by the schema that the server holds it against. */
function KeyForm(props: {
  mode: 'live' | 'test';
  busy: boolean;
  fault: string | null;
  onCancel: () => void;
  onCreate: (key: CreateApiKey) => void;
}) {
  const [name, setName] = useState('');
  const [faults, setFaults] = useState<Partial<Record<string, string>>>({});
  const [scopes, setScopes] = useState<string[]>(SCOPES.map((scope) => scope.value));
  const [cap, setCap] = useState<number | string>('');
  const [days, setDays] = useState('0');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const contracts = await import('@/server/features/api-keys/schema');
    const parsed = contracts.CreateApiKey.safeParse({
      name,
      mode: props.mode,
      scopes,
      ...(cap === '' ? {} : { maxSpendSatsPerDay: cap }),
      ...(days === '0' ? {} : { expiresAt: new Date(Date.now() + Number(days) * DAY_MS) }),
    });
    const issues = parsed.error?.issues ?? [];
    setFaults(Object.fromEntries(issues.map(({ path, message }) => [String(path[0]), message])));
    if (parsed.success) props.onCreate(parsed.data);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {props.fault ? (
          <Alert color="red" role="alert" icon={<Icon name="warning" />}>
            {props.fault}
          </Alert>
        ) : null}
        <TextInput
          label="Name"
          placeholder="Moderation agent"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={faults.name}
          data-autofocus
        />
        <Checkbox.Group
          label="What it may do"
          value={scopes}
          onChange={setScopes}
          error={faults.scopes}
        >
          <Stack gap={8} mt={8}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope.value} value={scope.value} label={scope.label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <SatsInput
          label="Most it may spend a day"
          description="In sats, from midnight to midnight UTC. Empty is no cap."
          value={cap}
          onChange={setCap}
          error={faults.maxSpendSatsPerDay}
          min={1}
        />
        <Select
          label="Ends"
          value={days}
          onChange={(value) => setDays(value ?? '0')}
          data={LIFETIMES}
        />
        <DialogActions onCancel={props.onCancel} loading={props.busy}>
          Create key
        </DialogActions>
      </Stack>
    </form>
  );
}
