'use client';

import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { Select } from '@/components/ui/inputs/select';

/** Hands the organization to one of its admins. */
export function TransferCard({ name, userId }: { name: string; userId: string }) {
  const trpc = useTRPC();
  const members = useQuery(trpc.team.list.queryOptions());
  const [asking, { open, close }] = useDisclosure(false);
  const admins = (members.data ?? []).filter(
    (member) => member.role === 'admin' && member.userId !== userId,
  );
  return (
    <Card title="Hand over">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={480}>
          {admins.length === 0
            ? 'An admin can become owner in your place. Make somebody an admin on the team page first.'
            : 'An admin becomes owner in your place; you stay as an admin.'}
        </Text>
        <Button variant="default" size="xs" disabled={admins.length === 0} onClick={open}>
          Hand over
        </Button>
      </Group>
      <Dialog opened={asking} onClose={close} title={`Hand ${name} over`}>
        <TransferForm name={name} admins={admins} onCancel={close} />
      </Dialog>
    </Card>
  );
}

function TransferForm(props: {
  name: string;
  admins: { userId: string; name: string; email: string }[];
  onCancel: () => void;
}) {
  const trpc = useTRPC();
  const [to, setTo] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const transfer = useMutation(
    // A whole new page: from here on it is an admin's.
    trpc.organizations.transfer.mutationOptions({ onSuccess: () => window.location.reload() }),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (to) transfer.mutate({ userId: to, organizationName: typed });
      }}
    >
      <Stack gap="md">
        <Select
          label="New owner"
          placeholder="Choose an admin"
          value={to}
          onChange={setTo}
          data={props.admins.map((admin) => ({
            value: admin.userId,
            label: `${admin.name} (${admin.email})`,
          }))}
        />
        <TypedName name={props.name} value={typed} onChange={setTyped} />
        <FormFault inline error={transfer.error} />
        <DialogActions
          onCancel={props.onCancel}
          color="red"
          disabled={!to || typed !== props.name}
          loading={transfer.isPending || transfer.isSuccess}
        >
          Hand over
        </DialogActions>
      </Stack>
    </form>
  );
}

/** Asks for the organization's name letter by letter, for what cannot be taken back. */
export function TypedName(props: {
  name: string;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextInput
      label={`Type ${props.name} to go on`}
      autoComplete="off"
      spellCheck={false}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  );
}
