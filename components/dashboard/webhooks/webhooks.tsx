'use client';

import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import classes from '@/components/dashboard/settings.module.css';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { receiveEvents } from '@/components/dashboard/snippets/receive-events';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { CodeTabs } from '@/components/ui/code/code-tabs';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { Status } from '@/components/ui/status';
import { useOpenedByAddress } from '@/components/ui/use-opened-by-address';
import { Age } from '@/components/ui/values/now';
import type { Endpoint } from '@/server/features/webhooks/schema';
import { CallbackSecret } from './callback-secret';
import { EndpointForm } from './endpoint-form';

interface WebhooksProps {
  mode: 'live' | 'test';
  mayChange: boolean;
  publicUrl: string;
}

/** Where the mode's events are sent. */
export function Webhooks({ mode, mayChange, publicUrl }: WebhooksProps) {
  const trpc = useTRPC();
  const endpoints = useQuery(trpc.webhooks.list.queryOptions({ limit: 100 }));
  const [adding, { open, close }] = useOpenedByAddress('new');
  const actions = (
    <Group gap="sm">
      <Button variant="default" component={Link} href="/dashboard/settings/webhooks/inspector">
        Inspector
      </Button>
      {mayChange ? (
        <Button leftSection={<Icon name="plus" />} onClick={open}>
          Add endpoint
        </Button>
      ) : null}
    </Group>
  );
  return (
    <PageBody>
      <PageHeader
        title="Webhooks"
        about="What happens to your tasks, posted to your server as it happens."
        actions={actions}
      />
      <QueryCard
        query={endpoints}
        empty={
          <EmptyState icon={<Icon name="link" />} title="No endpoints in this mode">
            Add the address of your server, or open the inspector to see events without one.
          </EmptyState>
        }
      >
        {endpoints.data?.data.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} />
        ))}
      </QueryCard>
      <Stack gap="lg" mt="lg">
        <Card title="Receive events">
          <Stack gap={10}>
            <Text size="sm" c="dimmed">
              A server that checks each event by the secret of its endpoint, in{' '}
              <code>HUMANRAIL_WEBHOOK_SECRET</code>.
            </Text>
            <CodeTabs
              code={(language) => receiveEvents(language, publicUrl)}
              does="receives events"
              maxHeight={420}
            />
          </Stack>
        </Card>
        {mayChange ? <CallbackSecret /> : null}
      </Stack>
      <AddEndpoint mode={mode} opened={adding} onClose={close} />
    </PageBody>
  );
}

function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  return (
    <Link
      href={`/dashboard/settings/webhooks/${endpoint.id}`}
      className={`${classes.row} ${classes.link}`}
    >
      <div className={classes.rowMain}>
        <Text fw={500} truncate title={endpoint.url}>
          {endpoint.url}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {endpoint.description ? `${endpoint.description} · ` : ''}
          {endpoint.events.length === 0 ? 'All events' : endpoint.events.join(', ')}
        </Text>
      </div>
      <div className={classes.rowSide}>
        {endpoint.failing_since && endpoint.status === 'enabled' ? (
          <Text size="sm" c="var(--urgent-text)">
            Failing since <Age at={endpoint.failing_since} />
          </Text>
        ) : null}
        <Status value={endpoint.status} />
      </div>
    </Link>
  );
}

function AddEndpoint(props: { mode: 'live' | 'test'; opened: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const create = useMutation(
    trpc.webhooks.create.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.webhooks.pathFilter()),
    }),
  );
  const close = () => {
    props.onClose();
    create.reset();
  };
  const made = create.data;
  return (
    <Dialog
      opened={props.opened}
      onClose={close}
      title={made ? 'Copy the signing secret now' : `Add a ${props.mode} endpoint`}
      // A stray click must not lose a text that is shown once.
      closeOnClickOutside={!made}
    >
      {made ? (
        <Stack gap="md">
          <ShownOnce text={made.secret} testId="endpoint-secret" onDone={close}>
            It proves that an event is from us, and is shown once. Keep it where your server reads
            its secrets.
          </ShownOnce>
        </Stack>
      ) : (
        <EndpointForm
          mode={props.mode}
          busy={create.isPending}
          error={create.error}
          verb="Add endpoint"
          onCancel={close}
          onSubmit={(draft) => create.mutate(draft)}
        />
      )}
    </Dialog>
  );
}
