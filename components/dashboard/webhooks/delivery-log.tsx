'use client';

import { Anchor, Button, Group, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { prettyJson } from '@/components/dashboard/pretty-json';
import classes from '@/components/dashboard/settings.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure, QueryState } from '@/components/ui/failures/query-state';
import { Icon } from '@/components/ui/icons';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { PromptLink } from '@/components/ui/prompt-link';
import { Status } from '@/components/ui/status';
import { Pager, usePages } from '@/components/ui/tables/pager';
import { Age } from '@/components/ui/values/now';
import type { Delivery, Endpoint } from '@/server/features/webhooks/schema';
import { ReplayFailed } from './replay-failed';

interface DeliveryLogProps {
  endpoint: Endpoint;
  mayChange: boolean;
}

const FILTERS = [
  { value: 'all', label: 'All' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'pending', label: 'Pending' },
  { value: 'failed', label: 'Failed' },
];
type Filter = 'all' | Delivery['status'];

/** What was sent to an endpoint and what it answered, newest first. */
export function DeliveryLog({ endpoint, mayChange }: DeliveryLogProps) {
  const trpc = useTRPC();
  const [filter, setFilter] = useState<Filter>('all');
  const pages = usePages();
  useTaskChanges();
  const deliveries = useQuery(
    trpc.deliveries.ofEndpoint.queryOptions(
      {
        endpointId: endpoint.id,
        limit: 20,
        ...(filter === 'all' ? {} : { status: filter }),
        ...pages.query,
      },
      // A try has no event of its own to be heard.
      { placeholderData: keepPreviousData, refetchInterval: 5_000 },
    ),
  );
  return (
    <Card
      flush
      title="Deliveries"
      aside={
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label="Which deliveries"
            value={filter}
            onChange={(value) => {
              setFilter(value as Filter);
              pages.toFirst();
            }}
            data={FILTERS}
          />
          {mayChange && endpoint.status === 'enabled' ? <ReplayFailed id={endpoint.id} /> : null}
        </Group>
      }
    >
      <QueryFailure query={deliveries} />
      {deliveries.data?.data.length === 0 ? (
        <EmptyState icon={<Icon name="inbox" />} title="Nothing was sent">
          Send a test event, or create a task in this mode.
        </EmptyState>
      ) : null}
      {deliveries.data?.data.map((delivery) => (
        <DeliveryRow
          key={delivery.id}
          delivery={delivery}
          mayReplay={mayChange && endpoint.status === 'enabled'}
        />
      ))}
      <Pager pages={pages} next={deliveries.data?.next_cursor} />
    </Card>
  );
}

/**
 * One delivery; opened, its tries, its request and the way to send it again.
 * @param props.showUrl for a list of deliveries to more than one place.
 */
export function DeliveryRow(props: { delivery: Delivery; mayReplay: boolean; showUrl?: boolean }) {
  const { delivery, mayReplay } = props;
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.disclosure}>
      <UnstyledButton
        className={classes.summary}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <span>
          <span className={`mono ${classes.line}`}>{delivery.event_type}</span>
          {props.showUrl ? (
            <span className={`soft ${classes.line}`}> to {delivery.url}</span>
          ) : null}
        </span>
        <Status value={delivery.status} />
        <span className="soft">
          <Age at={delivery.created_at} />
        </span>
      </UnstyledButton>
      {open ? <OpenedDelivery delivery={delivery} mayReplay={mayReplay} /> : null}
    </div>
  );
}

function OpenedDelivery({ delivery, mayReplay }: { delivery: Delivery; mayReplay: boolean }) {
  const trpc = useTRPC();
  const request = useQuery(trpc.deliveries.request.queryOptions({ id: delivery.id }));
  const replay = useAct(trpc.deliveries.replay, {
    done: 'It is sent again.',
    refresh: [trpc.deliveries.pathFilter()],
  });
  return (
    <div className={classes.opened}>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          <span className="mono">{delivery.event_id}</span>
          {delivery.task_id ? (
            <>
              {' · '}
              <Anchor
                component={PromptLink}
                href={`/dashboard/tasks/${delivery.task_id}`}
                size="sm"
              >
                Its task
              </Anchor>
            </>
          ) : null}
        </Text>
        {mayReplay ? (
          <Button
            size="xs"
            variant="default"
            loading={replay.isPending}
            onClick={() => replay.mutate({ id: delivery.id })}
          >
            Replay
          </Button>
        ) : null}
      </Group>
      {delivery.attempts.map((attempt) => (
        <div key={attempt.number}>
          <Text size="sm">
            Try {attempt.number}:{' '}
            <strong>{attempt.status_code ? `HTTP ${attempt.status_code}` : 'no answer'}</strong> in{' '}
            {attempt.duration_ms} ms, <Age at={attempt.created_at} />
          </Text>
          {attempt.error ? (
            <Text size="sm" c="var(--urgent-text)">
              {attempt.error}
            </Text>
          ) : null}
          {attempt.response_body ? (
            <CodeBlock
              code={attempt.response_body}
              label={`the answer to try ${attempt.number}`}
              wrap
              maxHeight={160}
            />
          ) : null}
        </div>
      ))}
      {delivery.next_attempt_at ? (
        <Text size="sm" c="dimmed">
          Next try at {delivery.next_attempt_at.slice(0, 19).replace('T', ' ')} UTC.
        </Text>
      ) : null}
      <Text size="sm" fw={500}>
        Request
      </Text>
      <QueryState query={request} height={160} label="Loading the request" />
      {request.data ? (
        <CodeBlock
          code={prettyJson(request.data.body)}
          label="the request’s body"
          wrap
          maxHeight={320}
        />
      ) : null}
    </div>
  );
}
