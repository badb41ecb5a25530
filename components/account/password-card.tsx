'use client';

import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { tell } from '@/components/ui/notices';
import type { AccountView } from '@/server/features/accounts/schema';

/** Another password, by the present one; or a link to choose the first. */
export function PasswordCard({ account }: { account: AccountView }) {
  return (
    <Card title="Password">
      {account.hasPassword ? <ChangeForm /> : <AskForLink email={account.email} />}
    </Card>
  );
}

function ChangeForm() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const fields = useRef<HTMLFormElement | null>(null);
  const change = useMutation(trpc.accounts.changePassword.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).ChangePassword,
    send: async (value) => {
      await change.mutateAsync(value);
      fields.current?.reset();
      tell('Your password is changed, and your other sessions are signed out.');
      await queryClient.invalidateQueries(trpc.accounts.pathFilter());
    },
  });
  return (
    <form
      {...checked.form}
      ref={(node) => {
        checked.form.ref.current = node;
        fields.current = node;
      }}
    >
      <Stack gap="md">
        <PasswordInput
          label="Current password"
          {...checked.field('currentPassword')}
          autoComplete="current-password"
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters; a few words make a good one."
          {...checked.field('password')}
          autoComplete="new-password"
        />
        {checked.general ? (
          <Text size="sm" c="red" role="alert">
            {checked.general}
          </Text>
        ) : null}
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            You are signed out everywhere else then.
          </Text>
          <Button {...checked.button}>Change password</Button>
        </Group>
      </Stack>
    </form>
  );
}

function AskForLink({ email }: { email: string }) {
  const trpc = useTRPC();
  const request = useAct(trpc.accounts.requestReset, { done: `A link is on its way to ${email}.` });
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm">You have none; you sign in by an account elsewhere, or by e-mail link.</Text>
      <Button
        variant="default"
        size="xs"
        loading={request.isPending}
        onClick={() => request.mutate({ email })}
      >
        E-mail me a link to choose one
      </Button>
    </Group>
  );
}
