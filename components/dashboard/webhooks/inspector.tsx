'use client';

import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { tell, tellFailure } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { ReceivedEvents } from './received-events';

/** The built-in inbox: an endpoint that needs no server. */
export function Inspector({ mayChange }: { mayChange: boolean }) {
  const trpc = useTRPC();
  const received = useQuery(
    trpc.inspector.received.queryOptions({ limit: 50 }, { refetchInterval: 2_000 }),
  );
  const endpoints = useQuery(trpc.webhooks.list.queryOptions({ limit: 100 }));
  const open = useOpenInspector();
  const clear = useAct(trpc.inspector.clear, { refresh: [trpc.inspector.pathFilter()] });
  const { data } = received;
  // Its endpoint may have been deleted since; what it has received stays.
  const isDetached = endpoints.data?.data.every((endpoint) => endpoint.url !== data?.url) ?? false;
  const actions =
    mayChange && data && data.data.length > 0 ? (
      <Button variant="default" loading={clear.isPending} onClick={() => clear.mutate()}>
        Clear
      </Button>
    ) : null;
  return (
    <PageBody>
      <PageHeader
        title="Inspector"
        about={
          <Anchor component={Link} href="/dashboard/settings/webhooks" size="sm">
            All endpoints
          </Anchor>
        }
        actions={actions}
      />
      <div className={dashboard.stack}>
        {data?.url ? (
          <Alert color="gray" icon={<Icon name="link" />}>
            <Text size="sm">
              Its address is <code>{data.url}</code>. It keeps the latest 200 events and checks each
              one’s signature, as your own server should.
            </Text>
          </Alert>
        ) : null}
        <QueryFailure query={received} />
        <Card flush>
          {data && data.data.length > 0 ? <ReceivedEvents events={data.data} /> : null}
          {data?.data.length === 0 ? (
            <EmptyState
              icon={<Icon name="inbox" />}
              title={data.url ? 'Waiting for events' : 'See events without a server'}
              action={
                mayChange && !data.url ? (
                  <Button loading={open.isPending} onClick={() => open.mutate()}>
                    Add the inspector as endpoint
                  </Button>
                ) : null
              }
            >
              {data.url
                ? 'They appear here as they come. Send a test event from the endpoint’s page, or create a task.'
                : 'The inspector is an endpoint on this site that shows what it gets.'}
            </EmptyState>
          ) : null}
        </Card>
        {mayChange && data?.url && isDetached ? (
          <Group>
            <Button
              variant="default"
              size="xs"
              loading={open.isPending}
              onClick={() => open.mutate()}
            >
              Add the inspector as endpoint again
            </Button>
          </Group>
        ) : null}
      </div>
    </PageBody>
  );
}

/** Makes the inspector an endpoint of the mode; asked again, it changes nothing. */
export function useOpenInspector() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation(
    trpc.inspector.open.mutationOptions({
      onError: tellFailure,
      onSuccess: () => tell('The inspector gets this mode’s events from now on.'),
      onSettled: async () => {
        await queryClient.invalidateQueries(trpc.inspector.pathFilter());
        await queryClient.invalidateQueries(trpc.webhooks.pathFilter());
      },
    }),
  );
}
