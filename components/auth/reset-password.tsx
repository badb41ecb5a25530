'use client';

import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { AuthTitle } from './auth-parts';
import { signInBy } from './session-calls';

/** Chooses a new password by the link that was sent, and signs in with it. */
export function ResetPassword({ token, email }: { token: string; email: string }) {
  const trpc = useTRPC();
  const reset = useMutation(trpc.accounts.resetPassword.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).ResetPassword,
    extra: { token },
    send: async (value) => {
      await reset.mutateAsync(value);
      const result = await signInBy('credentials', { email, password: value.password });
      window.location.assign(result?.ok ? '/home' : '/sign-in');
    },
  });
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title="Choose a new password">
          For {email}. You are signed out everywhere else then.
        </AuthTitle>
        <FormFault>{checked.general}</FormFault>
        <PasswordInput
          label="New password"
          description="At least 12 characters; a few words make a good one."
          {...checked.field('password')}
          autoComplete="new-password"
        />
        <Button {...checked.button} loading={checked.busy || reset.isSuccess} fullWidth mt={4}>
          Save and sign in
        </Button>
      </Stack>
    </form>
  );
}
