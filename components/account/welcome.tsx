'use client';

import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { setPreference } from '@/app/preferences';
import { AuthTitle } from '@/components/auth/auth-parts';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';

/** Founds an organization: the first for who has none, or another. */
export function Welcome({ isFirst, name }: { isFirst: boolean; name: string }) {
  const trpc = useTRPC();
  const create = useMutation(trpc.organizations.create.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/organizations/schema')).CreateOrganization,
    send: async (value) => {
      const { organizationId } = await create.mutateAsync(value);
      await setPreference('humanrail-organization', organizationId);
      window.location.assign('/dashboard');
    },
  });
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title={isFirst ? `Welcome, ${name}` : 'New organization'}>
          {isFirst
            ? 'Create an organization to ask people questions. If somebody invited you to theirs, open the link they sent.'
            : 'It has its own keys, tasks, team and balance, and starts with a million play sats.'}
        </AuthTitle>
        <FormFault>{checked.general}</FormFault>
        <TextInput label="Organization" {...checked.field('name')} autoComplete="organization" />
        <Button {...checked.button} loading={checked.busy || create.isSuccess} fullWidth mt={4}>
          Create organization
        </Button>
      </Stack>
    </form>
  );
}
