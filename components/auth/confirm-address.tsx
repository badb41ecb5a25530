'use client';

import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Loading } from '@/components/ui/loading';
import { AuthLink, AuthTitle } from './auth-parts';

/** Confirms an address as soon as its reader has opened the page. */
export function ConfirmAddress({ token }: { token: string }) {
  const trpc = useTRPC();
  const confirm = useMutation(trpc.accounts.confirmAddress.mutationOptions());
  const begun = useRef(false);
  const { mutate } = confirm;
  // Not on the server: programs that only fetch the page must not use the link up.
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    mutate({ token });
  }, [mutate, token]);
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
  return (
    <Stack gap="md" role="status">
      <AuthTitle title="Your address is confirmed">{confirm.data.email}</AuthTitle>
      <Button component={Link} href="/home" fullWidth>
        Go on
      </Button>
    </Stack>
  );
}
