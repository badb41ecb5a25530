'use client';

import { Badge, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { type Role, rolesGrantedBy } from '@/components/dashboard/roles';
import classes from '@/components/dashboard/settings.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Select } from '@/components/ui/inputs/select';
import { tell } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { useOpenedByAddress } from '@/components/ui/use-opened-by-address';
import { humanise } from '@/components/ui/values/humanise';
import type { OpenInvitation, TeamMember } from '@/server/features/organizations/schema';
import { InviteDialog } from './invite-dialog';

interface TeamProps {
  role: Role;
  userId: string;
}

/** Who acts for the organization: invite, give roles, take away. */
export function Team({ role, userId }: TeamProps) {
  const trpc = useTRPC();
  const members = useQuery(trpc.team.list.queryOptions());
  const [inviting, { open, close }] = useOpenedByAddress('new');
  const manages = role === 'owner' || role === 'admin';
  return (
    <PageBody>
      <PageHeader
        title="Team"
        about="Viewers look; developers create tasks, test keys and webhooks; admins manage keys and people; owners do everything."
        actions={
          manages ? (
            <Button leftSection={<Icon name="plus" />} onClick={open}>
              Invite
            </Button>
          ) : null
        }
      />
      <div className={dashboard.stack}>
        <QueryCard query={members} title="Members">
          {members.data?.map((member) => (
            <MemberRow key={member.userId} member={member} role={role} self={userId} />
          ))}
        </QueryCard>
        {manages ? <Invitations /> : null}
      </div>
      {manages ? <InviteDialog role={role} opened={inviting} onClose={close} /> : null}
    </PageBody>
  );
}

function MemberRow(props: { member: TeamMember; role: Role; self: string }) {
  const { member, role } = props;
  const trpc = useTRPC();
  const self = member.userId === props.self;
  const refresh = [trpc.team.pathFilter()];
  const change = useAct(trpc.team.changeRole, {
    done: `${member.name} has another role now.`,
    refresh,
  });
  const remove = useAct(trpc.team.remove, {
    after: () => {
      if (self) window.location.assign('/home');
      else tell(`${member.name} is no member any more.`);
    },
    refresh,
  });
  const granted = rolesGrantedBy(role);
  const mayChange = granted.includes(member.role) && !self;
  return (
    <div className={classes.row}>
      <div className={classes.rowMain}>
        <Group gap={8}>
          <Text fw={500} truncate>
            {member.name}
          </Text>
          {self ? (
            <Badge size="sm" variant="default">
              You
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed" truncate>
          {member.email}
        </Text>
      </div>
      <div className={classes.rowSide}>
        {mayChange ? (
          <Select
            size="xs"
            w={130}
            aria-label={`Role of ${member.name}`}
            value={member.role}
            disabled={change.isPending}
            onChange={(next) =>
              next && change.mutate({ userId: member.userId, role: next as Role })
            }
            data={granted.map((each) => ({ value: each, label: humanise(each) }))}
          />
        ) : (
          <Text size="sm">{humanise(member.role)}</Text>
        )}
        {mayChange || self ? (
          <ConfirmButton
            label={self ? 'Leave' : 'Remove'}
            ariaLabel={self ? 'Leave the organization' : `Remove ${member.name}`}
            question={self ? 'Leave this organization?' : `Remove ${member.name}?`}
            verb={self ? 'Leave' : 'Remove'}
            busy={remove.isPending}
            onConfirm={() => remove.mutateAsync({ userId: member.userId })}
          >
            {self ? 'You see' : 'They see'} nothing of it any more, from the next click on. Keys and
            endpoints stay.
          </ConfirmButton>
        ) : null}
      </div>
    </div>
  );
}

function Invitations() {
  const trpc = useTRPC();
  const invitations = useQuery(trpc.team.invitations.queryOptions());
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

function InvitationRow({ invitation }: { invitation: OpenInvitation }) {
  const trpc = useTRPC();
  const resend = useAct(trpc.team.resendInvitation, {
    done: ({ email }) => `A new link is on its way to ${email}.`,
    refresh: [trpc.team.pathFilter()],
  });
  const revoke = useAct(trpc.team.revokeInvitation, {
    done: 'The invitation is taken back.',
    refresh: [trpc.team.pathFilter()],
  });
  return (
    <div className={classes.row}>
      <div className={classes.rowMain}>
        <Text fw={500} truncate>
          {invitation.email ?? (invitation.note || 'Whoever has the link')}
        </Text>
        <Text size="sm" c="dimmed">
          As {invitation.role}, until {invitation.expiresAt.toISOString().slice(0, 10)}
        </Text>
      </div>
      <div className={classes.rowSide}>
        {invitation.email ? (
          <Button
            variant="default"
            size="xs"
            aria-label={`Send the invitation of ${invitation.email} again`}
            loading={resend.isPending}
            onClick={() => resend.mutate({ id: invitation.id })}
          >
            Send again
          </Button>
        ) : null}
        <ConfirmButton
          label="Take back"
          question="Take this invitation back?"
          verb="Take it back"
          busy={revoke.isPending}
          onConfirm={() => revoke.mutateAsync({ id: invitation.id })}
        >
          Its link lets nobody in any more.
        </ConfirmButton>
      </div>
    </div>
  );
}
