'use client';

import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { ContinueByMail } from '@/components/auth/auth-parts';
import { enterNewAccount } from '@/components/auth/sign-up/enter-new-account';
import { type Failure, failureOf } from '@/components/trpc/failure';
import { Icon } from '@/components/ui/icons';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { JoinByInvitation } from '@/server/features/organizations/schema';

/** What was refused, in the server's words. */
export function JoinFault({ failure }: { failure: Failure | null }) {
  if (!failure) return null;
  return (
    <Alert color="red" role="alert" icon={<Icon name="warning" />}>
      {failure.message}
    </Alert>
  );
}

interface JoinFormProps {
  token: string;
  /** The invitation's own address, to come back to after signing in. */
  path: string;
  mailbox: boolean;
  join: (person: z.output<typeof JoinByInvitation>) => Promise<unknown>;
  onJoined: () => void;
}

/** An account for somebody new who was invited, and in at once. */
export function JoinForm({ token, path, mailbox, join, onJoined }: JoinFormProps) {
  const hydrated = useHydrated();
  const [fault, setFault] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);
  const [mailedTo, setMailedTo] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget));
    // At once, since a second press would join twice.
    setBusy(true);
    try {
      const contracts = await import('@/server/features/organizations/schema');
      const parsed = contracts.JoinByInvitation.safeParse({ ...fields, token });
      if (!parsed.success) {
        setBusy(false);
        const [issue] = parsed.error.issues;
        return setFault({
          message: issue?.message ?? 'Check what you have written.',
          code: 'invalid_field',
          param: String(issue?.path[0] ?? ''),
          details: null,
        });
      }
      setFault(null);
      await join(parsed.data);
      if (await enterNewAccount(parsed.data)) onJoined();
      else setMailedTo(parsed.data.email);
    } catch (error) {
      setBusy(false);
      setFault(failureOf(error));
    }
  }

  if (mailedTo) return <ContinueByMail email={mailedTo} mailbox={mailbox} />;
  const faultOf = (field: string) => (fault?.param === field ? fault.message : null);
  const general = fault && !['name', 'email', 'password'].includes(fault.param ?? '');
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <JoinFault failure={general ? fault : null} />
        <TextInput label="Your name" name="name" autoComplete="name" error={faultOf('name')} />
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          error={faultOf('email')}
        />
        <PasswordInput
          label="Password"
          description="At least 12 characters; a few words make a good one."
          name="password"
          autoComplete="new-password"
          error={faultOf('password')}
        />
        <Button type="submit" loading={busy} disabled={!hydrated} fullWidth>
          Create an account and join
        </Button>
        <Text size="sm" c="dimmed">
          Have an account?{' '}
          <Anchor component={Link} href={`/sign-in?next=${path}`} size="sm" underline="always">
            Sign in to join with it
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
