'use client';

import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getNonce } from 'get-nonce';
import { useState } from 'react';
import { AuthTitle, LookIntoInbox } from '@/components/auth/auth-parts';
import { TrpcProvider, useTRPC } from '@/components/trpc/trpc-provider';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { AppTheme } from '@/components/ui/theme/app-theme';
import type { WaysIn } from '@/server/features/accounts/schema';

interface LinkFormProps {
  next: string;
  ways: WaysIn;
  email: string;
  onBack: () => void;
}

/** Asks for a link to sign in by. The sign-in page fetches it once somebody wants that. */
export function LinkForm(props: LinkFormProps) {
  // The page's policy lets styles in by the nonce that it was loaded with.
  const [nonce] = useState(
    () => getNonce() ?? document.querySelector<HTMLElement>('script[nonce]')?.nonce,
  );
  return (
    <AppTheme nonce={nonce}>
      <TrpcProvider shown={{ mode: 'test', organizationId: null }}>
        <RequestForm {...props} />
      </TrpcProvider>
    </AppTheme>
  );
}

function RequestForm(props: LinkFormProps) {
  const trpc = useTRPC();
  const request = useMutation(trpc.accounts.requestSignInLink.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).RequestSignInLink,
    extra: { next: props.next },
    send: (value) => request.mutateAsync(value),
  });
  if (request.isSuccess) {
    return (
      <LookIntoInbox title="Check your inbox" mailbox={props.ways.mailbox}>
        If there is an account with {request.variables.email}, a link to sign in is on its way. It
        works once, within 15 minutes.
      </LookIntoInbox>
    );
  }
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title="Sign in by e-mail">We send you a link that signs you in once.</AuthTitle>
        <FormFault>{checked.general}</FormFault>
        <TextInput
          label="E-mail"
          {...checked.field('email')}
          type="email"
          autoComplete="username"
          defaultValue={props.email}
          data-autofocus
        />
        <Button {...checked.button} fullWidth mt={4}>
          Send the link
        </Button>
        <Button variant="default" fullWidth onClick={props.onBack}>
          Use a password instead
        </Button>
      </Stack>
    </form>
  );
}
