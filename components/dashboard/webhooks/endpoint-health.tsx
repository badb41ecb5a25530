'use client';

import { Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { BarChart } from '@/components/ui/charts/bar-chart';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { Loading } from '@/components/ui/loading';
import type { EndpointHealth as Health } from '@/server/features/webhooks/schema';

type Range = 'day' | 'week' | 'month';
const RANGES = [
  { value: 'day', label: '24 hours' },
  { value: 'week', label: '7 days' },
  { value: 'month', label: '30 days' },
];
const NUMBER = new Intl.NumberFormat('en-US');

/** How an endpoint has answered of late: tries that arrived and tries that did not. */
export function EndpointHealth({ endpointId }: { endpointId: string }) {
  const trpc = useTRPC();
  const [range, setRange] = useState<Range>('day');
  const health = useQuery(
    trpc.deliveries.health.queryOptions(
      { endpointId, range },
      { placeholderData: keepPreviousData, refetchInterval: 15_000 },
    ),
  );
  if (health.isError) return <QueryFailure query={health} />;
  return (
    <Card
      title="Health"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={range}
          onChange={(value) => setRange(value as Range)}
          data={RANGES}
        />
      }
    >
      {health.data ? (
        <>
          <Text size="sm" c="dimmed" mb={12}>
            {summary(health.data)}
          </Text>
          <BarChart
            title="Tries by what they came to"
            axis={health.data.unit === 'hour' ? 'Hour (UTC)' : 'Day (UTC)'}
            bars={health.data.buckets.map(({ at, delivered, failed }) => ({
              label:
                health.data.unit === 'hour' ? at.slice(5, 16).replace('T', ' ') : at.slice(0, 10),
              values: [delivered, failed],
            }))}
            series={[
              { name: 'Delivered', tone: 'good' },
              { name: 'Failed', tone: 'bad' },
            ]}
            format={(value) => NUMBER.format(value)}
          />
        </>
      ) : (
        <Loading height={180} />
      )}
    </Card>
  );
}

function summary({ delivered, failed, p50Ms, p95Ms }: Health): string {
  const tries = delivered + failed;
  if (tries === 0) return 'Nothing was sent in this time.';
  const share = Math.floor((delivered / tries) * 1_000) / 10;
  return `${share} % of ${NUMBER.format(tries)} ${tries === 1 ? 'try' : 'tries'} arrived; it answers in ${p50Ms} ms as a rule, in ${p95Ms} ms at worst (95 %).`;
}
