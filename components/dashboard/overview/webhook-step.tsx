'use client';

import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import classes from '@/components/dashboard/dashboard.module.css';
import { receiveEvents } from '@/components/dashboard/snippets/receive-events';
import { useOpenInspector } from '@/components/dashboard/webhooks/inspector';
import { ReceivedEvents } from '@/components/dashboard/webhooks/received-events';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { CodeTabs } from '@/components/ui/code/code-tabs';

/** Events without a server: the inspector becomes an endpoint, and shows here what it gets. */
export function WebhookStep(props: {
  mayChange: boolean;
  hasEndpoint: boolean;
  publicUrl: string;
}) {
  const trpc = useTRPC();
  const open = useOpenInspector();
  const received = useQuery(
    trpc.inspector.received.queryOptions(
      { limit: 5 },
      // Only who has an inbox waits for anything to come.
      { refetchInterval: ({ state }) => (state.data?.url ? 2_000 : false) },
    ),
  );
  const inbox = received.data?.url;
  return (
    <Stack gap={10}>
      <Text size="sm" c="dimmed">
        Add your server’s address under{' '}
        <Anchor component={Link} href="/dashboard/settings/webhooks" size="sm" underline="always">
          Webhooks
        </Anchor>
        , or let the inspector on this site take the events: no server is needed.
      </Text>
      <details>
        <summary className={classes.more}>Code of a server that receives them</summary>
        <CodeTabs
          code={(language) => receiveEvents(language, props.publicUrl)}
          does="receives events"
          maxHeight={300}
        />
      </details>
      {props.mayChange && !(inbox && props.hasEndpoint) ? (
        <div>
          <Button
            variant="default"
            disabled={received.isPending}
            loading={open.isPending}
            onClick={() => open.mutate()}
          >
            Add the inspector as endpoint
          </Button>
        </div>
      ) : null}
      {inbox && received.data?.data.length === 0 ? (
        <Text size="sm">The inspector waits. Send a task above; its events appear here.</Text>
      ) : null}
      {received.data && received.data.data.length > 0 ? (
        <>
          <ReceivedEvents events={received.data.data} />
          <Group>
            <Anchor component={Link} href="/dashboard/settings/webhooks/inspector" size="sm">
              All received events
            </Anchor>
          </Group>
        </>
      ) : null}
    </Stack>
  );
}
