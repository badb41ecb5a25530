'use client';

import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { signIn } from 'next-auth/react';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useCheckedForm } from '@/components/ui/use-checked-form';
import { useHydrated } from '@/components/ui/use-hydrated';
import { RequestSignInLink, type WaysIn } from '@/server/features/accounts/schema';
import { AuthFault, AuthLink, AuthTitle, LookIntoInbox } from './auth-parts';
import { ServiceButtons } from './service-buttons';

const WRONG = 'E-mail address and password do not fit together. Check both and try again.';

interface SignInProps {
  /** Where to go then, a path of this site. */
  next: string;
  ways: WaysIn;
  /** Why the page was come to, where it was not by one's own will. */
  notice: string | null;
  fault: string | null;
}

/** Signs in by whichever way is open, and goes on to where one wanted to be. */
export function SignInForm(props: SignInProps) {
  const { ways, next } = props;
  const [byLink, setByLink] = useState(false);
  const [email, setEmail] = useState('');
  return (
    <Stack gap="md">
      {byLink ? null : (
        <>
          <AuthTitle title="Sign in" />
          {props.notice ? <Alert role="status">{props.notice}</Alert> : null}
          <AuthFault>{props.fault}</AuthFault>
          <ServiceButtons services={ways.services} next={next} />
        </>
      )}
      {byLink ? (
        <LinkForm next={next} ways={ways} email={email} onBack={() => setByLink(false)} />
      ) : (
        <PasswordForm
          next={next}
          onLink={
            ways.link
              ? (written) => {
                  setEmail(written);
                  setByLink(true);
                }
              : null
          }
        />
      )}
    </Stack>
  );
}

function PasswordForm({
  next,
  onLink,
}: {
  next: string;
  onLink: ((email: string) => void) | null;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [email, setEmail] = useState('');
  const hydrated = useHydrated();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setFault(null);
    const result = await signIn('credentials', {
      email: String(fields.get('email')),
      password: String(fields.get('password')),
      redirect: false,
    }).catch(() => undefined);
    if (result?.ok) {
      // A whole new page, so that nothing of the signed-out visit is kept.
      window.location.assign(next);
      return;
    }
    setBusy(false);
    if (!result) setFault('The server cannot be reached. Check your connection and try again.');
    else setFault(result.error === 'CredentialsSignin' ? WRONG : (result.error ?? WRONG));
  }

  return (
    <form method="post" onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <AuthFault>{fault}</AuthFault>
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" loading={busy} disabled={!hydrated} fullWidth mt={4}>
          Sign in
        </Button>
        {onLink ? (
          <Button variant="default" fullWidth disabled={!hydrated} onClick={() => onLink(email)}>
            E-mail me a link instead
          </Button>
        ) : null}
        <Text size="sm" c="dimmed">
          <AuthLink href="/forgot-password">Forgot your password?</AuthLink>
        </Text>
        <Text size="sm" c="dimmed">
          New here? <AuthLink href="/sign-up">Create an organization</AuthLink> or{' '}
          <AuthLink href="/work/sign-up">sign up to work</AuthLink>
        </Text>
      </Stack>
    </form>
  );
}

function LinkForm(props: { next: string; ways: WaysIn; email: string; onBack: () => void }) {
  const trpc = useTRPC();
  const request = useMutation(trpc.accounts.requestSignInLink.mutationOptions());
  const checked = useCheckedForm({
    schema: RequestSignInLink,
    extra: { next: props.next },
    send: (value) => request.mutateAsync(value),
  });
  if (request.isSuccess) {
    return (
      <LookIntoInbox title="Look into your inbox" mailbox={props.ways.mailbox}>
        If there is an account with {request.variables.email}, a link to sign in is on its way. It
        works once, within 15 minutes.
      </LookIntoInbox>
    );
  }
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <AuthTitle title="Sign in by e-mail">We send you a link that signs you in once.</AuthTitle>
        <AuthFault>{checked.general}</AuthFault>
        <TextInput
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={props.email}
          error={checked.faults.email}
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
