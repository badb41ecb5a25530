'use client';

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import settings from '@/components/dashboard/settings.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { Loading } from '@/components/ui/loading';
import { tell, tellFailure } from '@/components/ui/notices';
import { Age } from '@/components/ui/values/now';
import { PROVIDER_NAMES } from '@/server/features/accounts/policy';
import type { SessionView } from '@/server/features/accounts/schema';

const WAYS = { password: 'by password', link: 'by e-mail link' } as const;

function wayOf({ method }: SessionView): string {
  return method in WAYS
    ? WAYS[method as keyof typeof WAYS]
    : `by ${PROVIDER_NAMES[method as keyof typeof PROVIDER_NAMES] ?? method}`;
}

/** Where one is signed in, with a way to end each, and where one was. */
export function Sessions() {
  const trpc = useTRPC();
  const sessions = useQuery(trpc.accounts.sessions.queryOptions());
  if (sessions.isError) return <QueryFailure query={sessions} />;
  const open = sessions.data?.filter(({ endedAt }) => endedAt === null) ?? [];
  const ended = sessions.data?.filter(({ endedAt }) => endedAt !== null) ?? [];
  return (
    <Stack gap="lg">
      <Card
        flush
        title="Where you are signed in"
        aside={<SignOutElsewhere others={open.length - 1} />}
      >
        {sessions.isPending ? <Loading height={14} m={20} width="50%" /> : null}
        {open.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </Card>
      {ended.length > 0 ? (
        <Card flush title="Former sign-ins">
          {ended.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </Card>
      ) : null}
    </Stack>
  );
}

function SignOutElsewhere({ others }: { others: number }) {
  const revoke = useRevokeAll();
  return (
    <Group gap="xs">
      {others > 0 ? (
        <Button
          variant="default"
          size="xs"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ thisOneToo: false })}
        >
          Sign out the others
        </Button>
      ) : null}
      <ConfirmButton
        label="Sign out everywhere"
        question="Sign out everywhere?"
        verb="Sign out everywhere"
        busy={revoke.isPending}
        onConfirm={() => revoke.mutateAsync({ thisOneToo: true })}
      >
        Every session ends, this one as well. You can sign in again at once.
      </ConfirmButton>
    </Group>
  );
}

function useRevokeAll() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.accounts.revokeSessions.mutationOptions({
      onError: tellFailure,
      onSuccess: async ({ ended }, { thisOneToo }) => {
        if (thisOneToo) {
          window.location.assign('/sign-in');
          return;
        }
        tell(ended === 1 ? 'One session is signed out.' : `${ended} sessions are signed out.`);
        await queryClient.invalidateQueries(trpc.accounts.sessions.pathFilter());
      },
    }),
  );
}

function SessionRow({ session }: { session: SessionView }) {
  const trpc = useTRPC();
  const revoke = useAct(trpc.accounts.revokeSession, {
    done: 'The session is signed out.',
    refresh: [trpc.accounts.sessions.pathFilter()],
  });
  return (
    <div className={settings.row}>
      <div className={settings.rowMain}>
        <Group gap={8}>
          <Text fw={500}>{session.browser}</Text>
          {session.isThisOne ? (
            <Badge size="sm" variant="default">
              This one
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {[session.network, `signed in ${wayOf(session)}`].filter(Boolean).join(' · ')}{' '}
          <Age at={session.createdAt} />
        </Text>
      </div>
      <div className={settings.rowSide}>
        <Text size="sm" c="dimmed">
          {session.endedAt ? 'Ended ' : 'Seen '}
          <Age at={session.endedAt ?? session.lastSeenAt} />
        </Text>
        {session.endedAt || session.isThisOne ? null : (
          <Button
            variant="default"
            size="xs"
            aria-label={`Sign out ${session.browser}`}
            loading={revoke.isPending}
            onClick={() => revoke.mutate({ id: session.id })}
          >
            Sign out
          </Button>
        )}
      </div>
    </div>
  );
}
