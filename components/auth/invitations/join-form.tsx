'use client';

import { Anchor, Button, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import type { z } from 'zod';
import { ContinueByMail } from '@/components/auth/auth-parts';
import { NewAccountFields } from '@/components/auth/new-account-fields';
import { enterNewAccount } from '@/components/auth/sign-up/enter-new-account';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import type { JoinByInvitation } from '@/server/features/organizations/schema';

interface JoinFormProps {
  token: string;
  /** The invitation's path, to return to after signing in. */
  path: string;
  mailbox: boolean;
  join: (person: z.output<typeof JoinByInvitation>) => Promise<unknown>;
  onJoined: () => void;
}

/** Creates an account for an invited person and signs in. */
export function JoinForm({ token, path, mailbox, join, onJoined }: JoinFormProps) {
  const [isJoined, setJoined] = useState(false);
  const [mailedTo, setMailedTo] = useState<string | null>(null);
  const { faults, ...checked } = useCheckedForm({
    schema: async () => (await import('@/server/features/organizations/schema')).JoinByInvitation,
    extra: { token },
    send: async (person) => {
      await join(person);
      setJoined(true);
      if (await enterNewAccount(person)) onJoined();
      else setMailedTo(person.email);
    },
  });

  if (mailedTo) return <ContinueByMail email={mailedTo} mailbox={mailbox} />;
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <FormFault>{checked.general}</FormFault>
        <NewAccountFields faults={faults} />
        <Button {...checked.button} loading={checked.busy || isJoined} fullWidth>
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
