'use client';

import { Anchor, PasswordInput, Text, TextInput } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import type { PayoutSettings } from '@/server/features/payouts/schema';

const WHY = 'So that nobody else says where your sats go.';

/** By which a worker shows that it is they: the password, or a code that is sent to their e-mail address. */
export function ProofField(props: {
  asks: Exclude<PayoutSettings['asks'], null>;
  /** Something is sent elsewhere by now, so that nothing is sent for a day. */
  isChange: boolean;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}) {
  const { asks, isChange, value, onChange, error } = props;
  const description = isChange ? `${WHY} After a change nothing is sent for 24 hours.` : WHY;
  if (asks === 'code') return <CodeField {...{ description, value, onChange, error }} />;
  return (
    <PasswordInput
      mt="sm"
      label="Your password"
      description={description}
      name="currentPassword"
      autoComplete="current-password"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

function CodeField(props: {
  description: string;
  value: string;
  onChange: (value: string) => void;
  error: string | null;
}) {
  const { description, value, onChange, error } = props;
  const trpc = useTRPC();
  const code = useAct(trpc.payouts.sendCode, {
    done: 'The code is in your inbox. It works for 15 minutes.',
  });
  return (
    <>
      <TextInput
        mt="sm"
        label="Code from the e-mail"
        description={description}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
      />
      <Text size="sm" mt={4}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          disabled={code.isPending}
          onClick={() => code.mutate()}
        >
          {code.isSuccess ? 'Send another code' : 'Send me a code'}
        </Anchor>
      </Text>
    </>
  );
}
