'use client';

import { Anchor, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import type { Offering } from '@/server/features/l402/schema';

/** Whether tasks are sold one by one to callers without an API key. */
export function L402Settings() {
  const trpc = useTRPC();
  const offering = useQuery(trpc.l402.get.queryOptions());
  return (
    <Card title="Tasks without an API key">
      <QueryState query={offering} height={72} radius="md" />
      {offering.data ? <OfferingSwitch offering={offering.data} /> : null}
    </Card>
  );
}

function OfferingSwitch({ offering }: { offering: Offering }) {
  const trpc = useTRPC();
  const change = useAct(trpc.l402.save, {
    done: ({ enabled }) => (enabled ? 'Offered from now on.' : 'Offered no longer.'),
    refresh: [trpc.l402.pathFilter()],
  });
  const enabled = change.isPending ? change.variables.enabled : offering.enabled;
  return (
    <Stack gap="sm">
      <Switch
        checked={enabled}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
        label="Sell single live tasks over Lightning (L402)"
        description="Whoever creates a task without a key is asked to pay what it can cost at the most, by an invoice. What it does not cost can be withdrawn once it has ended."
      />
      {enabled && !offering.hasLightning ? (
        <Text size="sm" c="var(--urgent-text)">
          No Lightning rail is set up and switched on, so nothing is offered yet. Set one up under{' '}
          <Anchor component={Link} href="/ops/payouts/rails" inherit underline="always">
            Payouts, Rails
          </Anchor>
          .
        </Text>
      ) : null}
      {offering.organization ? (
        <Text size="sm" c="dimmed">
          These tasks, and what is paid for them, belong to the organization{' '}
          <Anchor
            component={Link}
            href={`/ops/organizations/${offering.organization.id}`}
            inherit
            underline="always"
          >
            {offering.organization.name}
          </Anchor>
          .
        </Text>
      ) : null}
    </Stack>
  );
}
