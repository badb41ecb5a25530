'use client';

import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Icon } from '@/components/ui/icons';
import { sats } from '@/components/ui/values/humanise';

/** On every page while the balance is below what somebody wants to hear of. */
export function LowBalanceBanner() {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.ledger.limits.queryOptions(undefined, { refetchInterval: 60_000 }),
  );
  if (!data?.isLow) return null;
  return (
    <Alert color="orange" radius={0} role="status" icon={<Icon name="warning" />}>
      <Text size="sm" span>
        {sats(data.availableSats)} left, less than the {sats(data.lowBalanceSats ?? 0)} you want to
        hear of. New tasks are refused once it does not cover them.{' '}
        <Anchor component={Link} href="/dashboard/billing" size="sm" underline="always" c="inherit">
          Billing
        </Anchor>
      </Text>
    </Alert>
  );
}
