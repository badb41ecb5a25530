'use client';

import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/values/humanise';
import type { PoolInvitationView } from '@/server/features/people/schema';
import { AcceptButton } from './accept-button';
import { JoinForm } from './join-form';

interface PoolInvitationProps {
  token: string;
  invitation: PoolInvitationView;
  /** The name of the signed-in person, or null. */
  userName: string | null;
  /** Whether this instance has its own mailbox for e-mails. */
  mailbox: boolean;
}

/** The page of a pool invitation: answer the organization's tasks, with this account or a new one. */
export function PoolInvitation({ token, invitation, userName, mailbox }: PoolInvitationProps) {
  const trpc = useTRPC();
  const join = useMutation(trpc.people.join.mutationOptions());
  const { organizationName, skills, becomes } = invitation;
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Answer tasks for {organizationName}</Title>
        <Text c="dimmed" size="sm" mt={4}>
          {skills.length > 0
            ? `You get its tasks, also those that ask for ${skills.map(humanise).join(', ').toLowerCase()}.`
            : 'You get its tasks, and are paid for what you answer.'}{' '}
          Its members see your name, your address and how well you answer.
        </Text>
      </div>
      {userName !== null && becomes === 'guest' ? (
        <Text size="sm">
          You are a worker already. Your account, earnings and other tasks stay as they are; tasks
          of {organizationName} come on top.
        </Text>
      ) : null}
      {userName !== null && becomes === 'nothing' ? (
        <>
          <Text size="sm">You answer tasks for this organization already.</Text>
          <Button component="a" href="/work">
            To your tasks
          </Button>
        </>
      ) : null}
      {userName !== null && becomes !== 'nothing' ? (
        <Accept token={token} userName={userName} />
      ) : null}
      {userName === null ? (
        <JoinForm
          token={token}
          path={`/pool-invitations/${token}`}
          join={(person) => join.mutateAsync(person)}
          mailbox={mailbox}
          onJoined={enter}
        />
      ) : null}
    </Stack>
  );
}

function enter(): void {
  window.location.assign('/work');
}

function Accept({ token, userName }: { token: string; userName: string }) {
  const trpc = useTRPC();
  const accept = useMutation(trpc.people.accept.mutationOptions({ onSuccess: enter }));
  return (
    <AcceptButton
      userName={userName}
      accept={{ ...accept, mutate: () => accept.mutate({ token }) }}
    />
  );
}
