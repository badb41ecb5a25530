'use client';

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { humanise } from '@/components/ui/values/humanise';
import type { OpenPoolInvitation } from '@/server/features/people/schema';
import settings from '../settings.module.css';

/** Invitations that still let somebody in. */
export function PoolInvitations() {
  const trpc = useTRPC();
  const invitations = useQuery(trpc.people.invitations.queryOptions());
  if (invitations.isError) return <QueryFailure query={invitations} />;
  if (!invitations.data || invitations.data.length === 0) return null;
  return (
    <Card flush title="Open invitations">
      {invitations.data.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} />
      ))}
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: OpenPoolInvitation }) {
  const trpc = useTRPC();
  const revoke = useAct(trpc.people.revokeInvitation, {
    done: 'The invitation is taken back.',
    refresh: [trpc.people.pathFilter()],
  });
  const { email, note, skills, uses, usesMax, expiresAt } = invitation;
  return (
    <div className={settings.row}>
      <div className={settings.rowMain}>
        <Text fw={500} truncate>
          {email ?? (note || 'Whoever has the link')}
        </Text>
        <Text size="sm" c="dimmed">
          {usesMax > 1 ? `${uses} of ${usesMax} joined · ` : ''}
          {skills.length > 0 ? `${skills.map(humanise).join(', ')} · ` : ''}
          until {expiresAt.toISOString().slice(0, 10)}
        </Text>
      </div>
      <ConfirmButton
        label="Take back"
        question="Take this invitation back?"
        verb="Take it back"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutateAsync({ id: invitation.id })}
      >
        Its link lets nobody in any more. Who has joined by it stays.
      </ConfirmButton>
    </div>
  );
}
