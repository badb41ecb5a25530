'use client';

import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { AuthLink, AuthTitle, LookIntoInbox } from './auth-parts';

/** Asks for a link to choose a new password; the answer does not tell who has an account. */
export function ForgotPassword({ mailbox }: { mailbox: boolean }) {
  const trpc = useTRPC();
  const request = useMutation(trpc.accounts.requestReset.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).RequestReset,
    send: (value) => request.mutateAsync(value),
  });
  if (request.isSuccess) {
    return (
      <LookIntoInbox title="Check your inbox" mailbox={mailbox}>
        If there is an account with {request.variables.email}, a link to choose a new password is on
        its way. It works once, within an hour.
      </LookIntoInbox>
    );
  }
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title="Choose a new password">
          We send a link to the address of your account.
        </AuthTitle>
        <FormFault>{checked.general}</FormFault>
        <TextInput
          label="E-mail"
          {...checked.field('email')}
          type="email"
          autoComplete="username"
        />
        <Button {...checked.button} fullWidth mt={4}>
          Send the link
        </Button>
        <Text size="sm" c="dimmed">
          <AuthLink href="/sign-in">Back to sign in</AuthLink>
        </Text>
      </Stack>
    </form>
  );
}
