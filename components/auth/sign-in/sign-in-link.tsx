'use client';

import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { AuthLink, AuthTitle } from '@/components/auth/auth-parts';
import { signInBy } from '@/components/auth/session-calls';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Signs in by the link that was sent. It asks for a press, since mail readers open links as well. */
export function SignInLink(props: { token: string; name: string; email: string; next: string }) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const hydrated = useHydrated();

  async function enter() {
    setBusy(true);
    const result = await signInBy('link', { token: props.token });
    if (result?.ok) {
      window.location.assign(props.next);
      return;
    }
    setBusy(false);
    setFault(
      result
        ? 'This link has expired. Request a new one.'
        : 'The server cannot be reached. Check your connection and try again.',
    );
  }

  return (
    <Stack gap="md">
      <AuthTitle title={`Hello ${props.name}`}>Go on as {props.email}.</AuthTitle>
      <FormFault>{fault}</FormFault>
      <Button loading={busy} disabled={!hydrated} fullWidth onClick={() => void enter()}>
        Sign in
      </Button>
      <Text size="sm" c="dimmed">
        Not you? <AuthLink href="/sign-in">Sign in another way</AuthLink>
      </Text>
    </Stack>
  );
}
