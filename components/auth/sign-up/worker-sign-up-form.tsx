'use client';

import { Anchor, Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { AuthTitle, ContinueByMail } from '@/components/auth/auth-parts';
import { NewAccountFields } from '@/components/auth/new-account-fields';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { enterNewAccount } from './enter-new-account';

/** Creates a worker, signs in, and starts the onboarding. */
export function WorkerSignUpForm({ mailbox }: { mailbox: boolean }) {
  const trpc = useTRPC();
  const signUp = useMutation(trpc.workers.signUp.mutationOptions());
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/workers/schema')).SignUpWorker,
    send: async (value) => {
      await signUp.mutateAsync(value);
      if (await enterNewAccount({ ...value, password: value.password ?? '' }))
        window.location.assign('/work/onboarding');
      else setMailedTo(value.email);
    },
  });
  if (mailedTo) return <ContinueByMail email={mailedTo} mailbox={mailbox} />;
  const { faults } = checked;
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title="Sign up to work">
          Answer questions that machines are unsure about, when you like, and be paid in sats for
          each accepted answer.
        </AuthTitle>
        <FormFault>{checked.general}</FormFault>
        <NewAccountFields faults={faults} />
        <Button {...checked.button} loading={checked.busy || signUp.isSuccess} fullWidth mt={4}>
          Sign up
        </Button>
        <Text size="sm" c="dimmed">
          Have an account?{' '}
          <Anchor component={Link} href="/sign-in" size="sm" underline="always">
            Sign in
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
