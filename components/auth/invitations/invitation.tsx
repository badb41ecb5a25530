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
  /** The name of the signed-in person, or null. */
  userName: string | null;
  /** Whether this instance has its own mailbox for e-mails. */
  mailbox: boolean;
}

/** The page of a team invitation: join with the current account, or create one. */
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
