'use client';

import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { Select } from '@/components/ui/inputs/select';
import type { DisplayCurrency } from '@/server/features/rates/schema';

/** What amounts are shown in beside sats. */
export function CurrencyCard() {
  const trpc = useTRPC();
  const router = useRouter();
  const choice = useQuery(trpc.rates.choice.queryOptions());
  const choose = useAct(trpc.rates.choose, {
    done: 'Saved.',
    after: () => router.refresh(),
    refresh: [trpc.rates.pathFilter()],
  });
  return (
    <Card title="Currency">
      <QueryState query={choice} height={60} label="Loading" />
      {choice.data && !choice.data.hasRates ? (
        <Text size="sm" c="dimmed">
          Amounts are in sats. This instance knows no rate of another currency.
        </Text>
      ) : null}
      {choice.data?.hasRates ? (
        <Select
          label="Beside sats"
          description="In the dashboard and in the worker app. What is paid are sats, whatever they come to."
          w={280}
          maw="100%"
          disabled={choose.isPending}
          value={choose.isPending ? choose.variables.currency : choice.data.chosen}
          onChange={(currency) =>
            currency && choose.mutate({ currency: currency as DisplayCurrency })
          }
          data={[
            { value: 'none', label: 'Nothing' },
            ...choice.data.currencies.map((value) => ({ value, label: value })),
          ]}
        />
      ) : null}
    </Card>
  );
}
