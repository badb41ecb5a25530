'use client';

import { Alert, Anchor, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, useRef, useState } from 'react';
import { ContinueByMail } from '@/components/auth/auth-parts';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Icon } from '@/components/ui/icons';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { SignUpWorker } from '@/server/features/workers/schema';
import { enterNewAccount } from './enter-new-account';

type Field = keyof SignUpWorker;
type Faults = Partial<Record<Field, string>>;

const ORDER: Field[] = ['name', 'email', 'password'];

/** Creates a person who works, signs in, and opens the way in. */
export function WorkerSignUpForm({ mailbox }: { mailbox: boolean }) {
  const trpc = useTRPC();
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [general, setGeneral] = useState<string | null>(null);
  const signUp = useMutation(trpc.workers.signUp.mutationOptions());
  const [busy, setBusy] = useState(false);
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const hydrated = useHydrated();

  function show(found: Faults) {
    setFaults(found);
    const first = ORDER.find((field) => found[field]);
    if (first) form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget)) as Record<Field, string>;
    setGeneral(null);
    // At once, since a second press would sign up twice.
    setBusy(true);
    try {
      const contracts = await import('@/server/features/workers/schema');
      const parsed = contracts.SignUpWorker.safeParse(fields);
      if (!parsed.success) {
        setBusy(false);
        const pairs = parsed.error.issues
          .toReversed()
          .map((issue) => [issue.path[0], issue.message]);
        return show(Object.fromEntries(pairs) as Faults);
      }
      setFaults({});
      await signUp.mutateAsync(fields);
      if (await enterNewAccount(fields)) window.location.assign('/work/onboarding');
      else setMailedTo(fields.email);
    } catch (error) {
      setBusy(false);
      const failure = failureOf(error);
      const param = ORDER.find((field) => field === failure.param);
      if (param) show({ [param]: failure.message });
      else setGeneral(failure.message);
    }
  }

  if (mailedTo) return <ContinueByMail email={mailedTo} mailbox={mailbox} />;
  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <div>
          <Title order={1}>Sign up to work</Title>
          <Text c="dimmed" size="sm" mt={4}>
            Answer questions that machines are unsure about, when you like, and be paid in sats for
            each accepted answer.
          </Text>
        </div>
        {general ? (
          <Alert color="red" role="alert" icon={<Icon name="warning" />}>
            {general}
          </Alert>
        ) : null}
        <TextInput label="Your name" name="name" autoComplete="name" error={faults.name} />
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          error={faults.email}
        />
        <PasswordInput
          label="Password"
          description="At least 12 characters; a few words make a good one."
          name="password"
          autoComplete="new-password"
          error={faults.password}
        />
        <Button type="submit" loading={busy} disabled={!hydrated} fullWidth mt={4}>
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
