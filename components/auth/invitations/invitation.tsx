'use client';

import { Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { setPreference } from '@/app/preferences';
import { useTRPC } from '@/components/trpc/trpc-provider';
import type { InvitationView } from '@/server/features/organizations/schema';
import { AcceptButton } from './accept-button';
import { JoinForm } from './join-form';

interface InvitationProps {
  token: string;
  invitation: InvitationView;
  /** Who is signed in already; null where nobody is. */
  userName: string | null;
  /** Whether e-mails are read in this instance's own mailbox. */
  mailbox: boolean;
}

/** What a link to a team leads to: join with the account at hand, or with a new one. */
export function Invitation(props: InvitationProps) {
  const { invitation, userName } = props;
  const trpc = useTRPC();
  const join = useMutation(trpc.team.join.mutationOptions());
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Join {invitation.organizationName}</Title>
        <Text c="dimmed" size="sm" mt={4}>
          You are invited as {invitation.role}.
        </Text>
      </div>
      {userName === null ? (
        <JoinForm
          token={props.token}
          path={`/invitations/${props.token}`}
          join={(person) => join.mutateAsync(person)}
          mailbox={props.mailbox}
          onJoined={() => window.location.assign('/dashboard')}
        />
      ) : (
        <Accept token={props.token} userName={userName} />
      )}
    </Stack>
  );
}

async function enter(organizationId: string): Promise<void> {
  await setPreference('humanrail-organization', organizationId);
  window.location.assign('/dashboard');
}

function Accept({ token, userName }: { token: string; userName: string }) {
  const trpc = useTRPC();
  const accept = useMutation(
    trpc.team.accept.mutationOptions({ onSuccess: (joined) => enter(joined.organizationId) }),
  );
  return (
    <AcceptButton
      userName={userName}
      accept={{ ...accept, mutate: () => accept.mutate({ token }) }}
    />
  );
}
