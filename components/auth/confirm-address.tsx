'use client';

import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Loading } from '@/components/ui/loading';
import { useHydrated } from '@/components/ui/use-hydrated';
import { AuthLink, AuthTitle } from './auth-parts';

interface ConfirmAddressProps {
  token: string;
  /** The address, where confirming it here would clear the account; else null. */
  clears: string | null;
}

/** Confirms an address as soon as its reader has opened the page, or asks first. */
export function ConfirmAddress({ token, clears }: ConfirmAddressProps) {
  const trpc = useTRPC();
  const confirm = useMutation(trpc.accounts.confirmAddress.mutationOptions());
  const begun = useRef(false);
  const { mutate } = confirm;
  // Not on the server: programs that only fetch the page must not use the link up.
  useEffect(() => {
    if (begun.current || clears) return;
    begun.current = true;
    mutate({ token });
  }, [mutate, token, clears]);
  if (clears && confirm.isIdle) {
    return <AskFirst email={clears} onConfirm={() => mutate({ token })} />;
  }
  if (confirm.isError) {
    return (
      <Stack gap="md" role="alert">
        <AuthTitle title="The address is not confirmed">
          {failureOf(confirm.error).message}
        </AuthTitle>
        <Text size="sm">
          <AuthLink href="/account">Ask for a new link in your account</AuthLink>
        </Text>
      </Stack>
    );
  }
  if (!confirm.isSuccess) {
    return (
      <Stack gap="md" role="status">
        <AuthTitle title="Confirm your address">One moment.</AuthTitle>
        <Loading height={36} label="Confirming" />
      </Stack>
    );
  }
  const { email, resetToken } = confirm.data;
  return (
    <Stack gap="md" role="status">
      <AuthTitle title="Your address is confirmed">{email}</AuthTitle>
      {resetToken ? (
        <Button component={Link} href={`/reset-password/${resetToken}`} fullWidth>
          Choose a password
        </Button>
      ) : (
        <Button component={Link} href="/home" fullWidth>
          Go on
        </Button>
      )}
    </Stack>
  );
}

/** Nobody is signed in here, so the account may have been set up by somebody else. */
function AskFirst({ email, onConfirm }: { email: string; onConfirm: () => void }) {
  const hydrated = useHydrated();
  return (
    <Stack gap="md">
      <AuthTitle title="Confirm your address">{email}</AuthTitle>
      <Text size="sm">
        You are not signed in in this browser. If you signed up in another one, open the link there:
        you stay signed in and keep your password.
      </Text>
      <Text size="sm">
        If you confirm here, other browsers are signed out, the password and API keys of the account
        are removed, and you choose a new password.
      </Text>
      <Button disabled={!hydrated} fullWidth onClick={onConfirm}>
        Confirm here
      </Button>
    </Stack>
  );
}
