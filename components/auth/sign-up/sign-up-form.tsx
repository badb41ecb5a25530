'use client';

import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { AuthLink, AuthTitle, ContinueByMail } from '@/components/auth/auth-parts';
import { NewAccountFields } from '@/components/auth/new-account-fields';
import { ServiceButtons } from '@/components/auth/sign-in/service-buttons';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import type { WaysIn } from '@/server/features/accounts/schema';
import { enterNewAccount } from './enter-new-account';

/** Creates a person and their organization, signs in, and opens the dashboard. */
export function SignUpForm({ ways }: { ways: WaysIn }) {
  const trpc = useTRPC();
  const signUp = useMutation(trpc.organizations.signUp.mutationOptions());
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/organizations/schema')).SignUp,
    send: async (value) => {
      await signUp.mutateAsync(value);
      if (await enterNewAccount(value)) window.location.assign('/dashboard');
      else setMailedTo(value.email);
    },
  });
  if (mailedTo) return <ContinueByMail email={mailedTo} mailbox={ways.mailbox} />;
  const { faults } = checked;
  return (
    <Stack gap="md">
      <AuthTitle title="Create an organization">
        Test mode is open at once, with a million play sats to try it out.
      </AuthTitle>
      <ServiceButtons services={ways.services} next="/welcome" />
      <form {...checked.form}>
        <Stack gap="md">
          <FormFault>{checked.general}</FormFault>
          <TextInput
            label="Organization"
            {...checked.field('organization')}
            autoComplete="organization"
          />
          <NewAccountFields faults={faults} />
          <Button {...checked.button} loading={checked.busy || signUp.isSuccess} fullWidth mt={4}>
            Create organization
          </Button>
          <Text size="sm" c="dimmed">
            Have an account? <AuthLink href="/sign-in">Sign in</AuthLink>
          </Text>
        </Stack>
      </form>
    </Stack>
  );
}
