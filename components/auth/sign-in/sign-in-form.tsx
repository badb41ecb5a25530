'use client';

import dynamic from 'next/dynamic';
import { type FormEvent, useState } from 'react';
import { signInBy } from '@/components/auth/session-calls';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { WaysIn } from '@/server/features/accounts/schema';
import classes from './plain.module.css';
import { PlainButton, PlainField, PlainNote, PlainPassword } from './plain-parts';
import { ServiceButtons } from './service-buttons';

const LinkForm = dynamic(() => import('./link-form').then((module) => module.LinkForm), {
  ssr: false,
});

const WRONG = 'E-mail address and password do not fit together. Check both and try again.';

interface SignInProps {
  /** Where to go then, a path of this site. */
  next: string;
  ways: WaysIn;
  /** Why the person was sent here, if they did not come by themselves. */
  notice: string | null;
  fault: string | null;
}

/** Signs in by whichever way is open, and goes on to where one wanted to be. */
export function SignInForm(props: SignInProps) {
  const { ways, next } = props;
  const [byLink, setByLink] = useState(false);
  const [email, setEmail] = useState('');
  if (byLink) {
    return <LinkForm next={next} ways={ways} email={email} onBack={() => setByLink(false)} />;
  }
  return (
    <div className={classes.stack}>
      <h1 className={classes.title}>Sign in</h1>
      <PlainNote role="status">{props.notice}</PlainNote>
      <PlainNote role="alert">{props.fault}</PlainNote>
      <ServiceButtons services={ways.services} next={next} />
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
    </div>
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
    const result = await signInBy('credentials', {
      email: String(fields.get('email')),
      password: String(fields.get('password')),
    });
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
    <form method="post" className={classes.stack} onSubmit={(event) => void submit(event)}>
      <PlainNote role="alert">{fault}</PlainNote>
      <PlainField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <PlainPassword label="Password" name="password" autoComplete="current-password" required />
      <PlainButton isMain type="submit" busy={busy} disabled={!hydrated || busy}>
        Sign in
      </PlainButton>
      {onLink ? (
        <PlainButton disabled={!hydrated} onClick={() => onLink(email)}>
          E-mail me a link instead
        </PlainButton>
      ) : null}
      <div className={classes.links}>
        <p>
          <a href="/forgot-password">Forgot your password?</a>
        </p>
        <p>
          New here? <a href="/sign-up">Create an organization</a> or{' '}
          <a href="/work/sign-up">sign up to work</a>
        </p>
      </div>
    </form>
  );
}
