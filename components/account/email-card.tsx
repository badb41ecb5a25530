'use client';

import { Anchor, Badge, Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { tell } from '@/components/ui/notices';
import type { AccountView } from '@/server/features/accounts/schema';

/** The address one signs in with, whether it is confirmed, and another one. */
export function EmailCard({ account, mailbox }: { account: AccountView; mailbox: boolean }) {
  const [changing, { open, close }] = useDisclosure(false);
  return (
    <Card title="E-mail">
      <Group justify="space-between" gap="sm">
        <Group gap="xs" style={{ minWidth: 0 }}>
          <Text style={{ overflowWrap: 'anywhere' }}>{account.email}</Text>
          <Badge variant="light" color={account.emailConfirmed ? 'rail' : 'orange'}>
            {account.emailConfirmed ? 'Confirmed' : 'Not confirmed'}
          </Badge>
        </Group>
        {changing ? null : (
          <Button variant="default" size="xs" onClick={open}>
            Change
          </Button>
        )}
      </Group>
      <Waiting account={account} mailbox={mailbox} />
      {changing ? <ChangeForm account={account} onDone={close} /> : null}
    </Card>
  );
}

/** What is still to be confirmed, and the link to do it with once more. */
function Waiting({ account, mailbox }: { account: AccountView; mailbox: boolean }) {
  const trpc = useTRPC();
  const resend = useAct(trpc.accounts.resendConfirmation, {
    done: ({ email }) => (email ? `A link is on its way to ${email}.` : 'All is confirmed.'),
  });
  if (account.emailConfirmed && !account.newEmail) return null;
  return (
    <Group gap="sm" mt="sm">
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {account.newEmail
          ? `${account.newEmail} takes its place once you have confirmed it by the link we sent there.`
          : 'Confirm it by the link we sent to it.'}
        {mailbox ? (
          <>
            {' '}
            <Anchor href="/mailbox" size="sm" underline="always">
              Open the mailbox
            </Anchor>
          </>
        ) : null}
      </Text>
      <Button
        variant="default"
        size="xs"
        loading={resend.isPending}
        onClick={() => resend.mutate()}
      >
        Send it again
      </Button>
    </Group>
  );
}

function ChangeForm({ account, onDone }: { account: AccountView; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.accounts.changeEmail.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).ChangeEmail,
    send: async (value) => {
      const { email } = await change.mutateAsync(value);
      tell(`A link to confirm it is on its way to ${email}.`);
      await queryClient.invalidateQueries(trpc.accounts.pathFilter());
      onDone();
    },
  });
  return (
    <form {...checked.form}>
      <Stack gap="md" mt="md">
        <TextInput
          label="New address"
          {...checked.field('email')}
          type="email"
          autoComplete="email"
          data-autofocus
        />
        {account.hasPassword ? (
          <PasswordInput
            label="Current password"
            {...checked.field('currentPassword')}
            autoComplete="current-password"
          />
        ) : null}
        {checked.general ? (
          <Text size="sm" c="red" role="alert">
            {checked.general}
          </Text>
        ) : null}
        <DialogActions onCancel={onDone} {...checked.button}>
          Send the link
        </DialogActions>
      </Stack>
    </form>
  );
}
