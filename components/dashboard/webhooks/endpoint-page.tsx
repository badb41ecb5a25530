'use client';

import { Alert, Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageSkeleton } from '@/components/ui/frame/page-skeleton';
import { Icon } from '@/components/ui/icons';
import { tell, tellFailure, warn } from '@/components/ui/notices';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import surface from '@/components/ui/surface.module.css';
import { Age } from '@/components/ui/values/now';
import type { Endpoint } from '@/server/features/webhooks/schema';
import { DeliveryLog } from './delivery-log';
import { EndpointForm } from './endpoint-form';
import { EndpointHealth } from './endpoint-health';

interface EndpointPageProps {
  id: string;
  mayChange: boolean;
}

/** One endpoint: what it gets, what became of each delivery, and all that can be done to it. */
export function EndpointPage({ id, mayChange }: EndpointPageProps) {
  const trpc = useTRPC();
  const endpoint = useQuery(trpc.webhooks.get.queryOptions({ id }));
  if (endpoint.isError) {
    return (
      <PageBody>
        <PageHeader title="Endpoint" about={<BackLink />} />
        <QueryFailure query={endpoint} />
      </PageBody>
    );
  }
  if (!endpoint.data) return <PageSkeleton />;
  return (
    <PageBody>
      <PageHeader
        title="Endpoint"
        about={<BackLink />}
        actions={mayChange ? <Actions endpoint={endpoint.data} /> : null}
      />
      <div className={dashboard.stack}>
        {endpoint.data.status === 'disabled' ? (
          <Alert color="orange" icon={<Icon name="warning" />} title="Nothing is sent here now">
            {endpoint.data.disabled_reason ?? 'It is disabled.'}
          </Alert>
        ) : null}
        <Card title="About">
          <Facts endpoint={endpoint.data} />
        </Card>
        <EndpointHealth endpointId={id} />
        <DeliveryLog endpoint={endpoint.data} mayChange={mayChange} />
      </div>
    </PageBody>
  );
}

function BackLink() {
  return (
    <Anchor component={Link} href="/dashboard/settings/webhooks" size="sm">
      All endpoints
    </Anchor>
  );
}

function Facts({ endpoint }: { endpoint: Endpoint }) {
  return (
    <dl className={surface.facts}>
      <dt>URL</dt>
      <dd className="mono">{endpoint.url}</dd>
      <dt>Description</dt>
      <dd>{endpoint.description || '–'}</dd>
      <dt>Status</dt>
      <dd>
        <Status value={endpoint.status} />
      </dd>
      <dt>Events</dt>
      <dd>{endpoint.events.length === 0 ? 'All of them' : endpoint.events.join(', ')}</dd>
      {endpoint.failing_since ? (
        <>
          <dt>Failing since</dt>
          <dd>
            <Age at={endpoint.failing_since} />
          </dd>
        </>
      ) : null}
      <dt>Added</dt>
      <dd>
        <Age at={endpoint.created_at} />
      </dd>
    </dl>
  );
}

function Actions({ endpoint }: { endpoint: Endpoint }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const refresh = async () => {
    await queryClient.invalidateQueries(trpc.webhooks.pathFilter());
    await queryClient.invalidateQueries(trpc.deliveries.pathFilter());
  };
  const { id } = endpoint;
  const update = useAct(trpc.webhooks.update, { after: refresh });
  const test = useMutation(
    trpc.webhooks.test.mutationOptions({
      onError: tellFailure,
      onSuccess: (result) => {
        if (result.delivered) tell(`Delivered: it answered ${result.status_code}.`);
        else warn(result.error ?? 'It was not delivered.');
      },
      onSettled: refresh,
    }),
  );
  const remove = useAct(trpc.webhooks.remove, {
    done: 'The endpoint is deleted.',
    after: () => {
      router.push('/dashboard/settings/webhooks');
      void queryClient.invalidateQueries(trpc.webhooks.list.pathFilter());
    },
  });
  const enabled = endpoint.status === 'enabled';
  return (
    <Group gap="xs">
      <Button size="xs" loading={test.isPending} onClick={() => test.mutate({ id })}>
        Send test event
      </Button>
      <EditEndpoint endpoint={endpoint} />
      <RotateSecret id={id} />
      <Button
        size="xs"
        variant="default"
        loading={update.isPending}
        onClick={() => update.mutate({ id, status: enabled ? 'disabled' : 'enabled' })}
      >
        {enabled ? 'Disable' : 'Enable'}
      </Button>
      <ConfirmButton
        label="Delete"
        question="Delete this endpoint?"
        verb="Delete endpoint"
        busy={remove.isPending}
        onConfirm={() => remove.mutateAsync({ id })}
      >
        Nothing is sent to it any more, not even what is under way. This cannot be undone.
      </ConfirmButton>
    </Group>
  );
}

function EditEndpoint({ endpoint }: { endpoint: Endpoint }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const update = useMutation(
    trpc.webhooks.update.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.webhooks.pathFilter());
        tell('The endpoint is changed.');
        close();
      },
    }),
  );
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        Edit
      </Button>
      <Dialog opened={opened} onClose={close} title="Edit the endpoint">
        <EndpointForm
          mode={endpoint.mode}
          endpoint={endpoint}
          busy={update.isPending}
          error={update.error}
          verb="Save"
          onCancel={close}
          onSubmit={(draft) =>
            update.mutate({ id: endpoint.id, expectedUpdatedAt: endpoint.updated_at, ...draft })
          }
        />
      </Dialog>
    </>
  );
}

function RotateSecret({ id }: { id: string }) {
  const trpc = useTRPC();
  const rotate = useAct(trpc.webhooks.rotate);
  const made = rotate.data;
  return (
    <>
      <ConfirmButton
        label="Rotate secret"
        question="Rotate the signing secret?"
        verb="Rotate secret"
        color="rail"
        busy={rotate.isPending}
        onConfirm={() => rotate.mutateAsync({ id })}
      >
        For 24 hours <code>webhook-signature</code> is by both secrets, so that your server can
        change over without losing an event.
      </ConfirmButton>
      <Dialog
        opened={made !== undefined}
        onClose={() => rotate.reset()}
        title="Copy the new secret now"
        closeOnClickOutside={false}
      >
        {made ? (
          <ShownOnce text={made.secret} testId="endpoint-secret" onDone={() => rotate.reset()}>
            It is shown once.{' '}
            <Text span inherit c="dimmed">
              The former one signs as well until{' '}
              {made.previous_secret_expires_at.slice(0, 16).replace('T', ' ')} UTC.
            </Text>
          </ShownOnce>
        ) : null}
      </Dialog>
    </>
  );
}
