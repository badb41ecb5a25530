'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import { CURRENCIES } from '@/server/features/settings/policy';
import type { Currency, RateSettings } from '@/server/features/settings/schema';
import { RateTable } from './rate-table';

const fetchContract = () =>
  import('@/server/features/settings/schema').then((contracts) => contracts.RateSettings);

const SOURCES = [
  { value: 'off', label: 'None' },
  { value: 'coinbase', label: 'Coinbase' },
  { value: 'kraken', label: 'Kraken' },
  { value: 'mempool', label: 'mempool.space' },
  { value: 'url', label: 'An address of your own' },
];

/** Where the price of a bitcoin comes from, and what it is now. */
export function RateSettingsCard({ saved }: { saved: RateSettings }) {
  const trpc = useTRPC();
  const view = useQuery(trpc.rates.view.queryOptions(undefined, { refetchInterval: 30_000 }));
  return (
    <Card title="Price of a bitcoin">
      <Text size="sm" c="dimmed" mb="md" maw={640}>
        For amounts beside sats, and for requests of the older clients that are priced in dollars.
        With a source, this instance asks it every ten minutes; a price counts for six hours, and
        one that is a quarter higher or a fifth lower than the one before is not believed.
      </Text>
      <RateForm saved={saved} />
      <QueryState query={view} height={160} label="Loading the rates" />
      {view.data ? <RateTable view={view.data} isOff={saved.source === 'off'} /> : null}
    </Card>
  );
}

function RateForm({ saved }: { saved: RateSettings }) {
  const trpc = useTRPC();
  const [source, setSource] = useState<string | null>(saved.source);
  const [url, setUrl] = useState(saved.url ?? '');
  const [overrides, setOverrides] = useState<Partial<Record<Currency, number | string>>>(
    saved.overrides,
  );
  const save = useAct(trpc.rates.save, {
    done: 'Saved. A source is asked within a minute.',
    refresh: [trpc.settings.pathFilter(), trpc.rates.pathFilter()],
    quiet: true,
  });
  const parsed = useContract(fetchContract)?.safeParse({
    source,
    url: url.trim() === '' ? null : url.trim(),
    overrides: Object.fromEntries(
      Object.entries(overrides).flatMap(([currency, typed]) =>
        typed === '' ? [] : [[currency, Number(typed)]],
      ),
    ),
  });
  const faultAt = (...path: string[]) =>
    parsed?.error?.issues.find((issue) => issue.path.join('.') === path.join('.'))?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed?.success) save.mutate(parsed.data);
  };
  return (
    <form noValidate onSubmit={submit}>
      <Group gap="md" align="flex-start">
        <Select
          label="Source"
          data={SOURCES}
          w={240}
          maw="100%"
          value={source}
          onChange={setSource}
        />
        {source === 'url' ? (
          <TextInput
            label="Address"
            description={'Answers {"USD": 97000.5, "EUR": …}'}
            placeholder="https://mempool.example/api/v1/prices"
            inputMode="url"
            style={{ flex: '1 1 280px' }}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={faultAt('url')}
          />
        ) : null}
      </Group>
      <Text size="sm" fw={500} mt="md">
        Set by hand
      </Text>
      <Text size="sm" c="dimmed" mb={6}>
        What a bitcoin costs, whatever the source says. Empty to go by the source.
      </Text>
      <Group gap="sm" align="flex-start">
        {CURRENCIES.map((currency) => (
          <NumberInput
            key={currency}
            label={currency}
            placeholder="–"
            min={0}
            hideControls
            thousandSeparator=","
            w={132}
            value={overrides[currency] ?? ''}
            onChange={(value) => setOverrides({ ...overrides, [currency]: value })}
            error={faultAt('overrides', currency)}
          />
        ))}
      </Group>
      <FormFault inline mt="sm" error={save.error} />
      <Button type="submit" mt="md" loading={save.isPending} disabled={!parsed?.success}>
        Save rates
      </Button>
    </form>
  );
}
