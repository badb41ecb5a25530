'use client';

import { Box, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { BarChart } from '@/components/ui/charts/bar-chart';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { SegmentedControl } from '@/components/ui/inputs/segmented-control';
import { Loading } from '@/components/ui/loading';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import dashboard from '../dashboard.module.css';
import settings from '../settings.module.css';

type Days = 7 | 30 | 90;
const RANGES = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

/** What was spent, by the day and by the type of the tasks. */
export function SpendCard() {
  const trpc = useTRPC();
  const [days, setDays] = useState<Days>(30);
  const spend = useQuery(
    trpc.usage.spend.queryOptions({ days }, { placeholderData: keepPreviousData }),
  );
  if (spend.isError) return <QueryFailure query={spend} />;
  return (
    <Card
      title="Spend"
      aside={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={String(days)}
          onChange={(value) => setDays(Number(value) as Days)}
          data={RANGES}
        />
      }
    >
      {spend.data ? (
        <div className={dashboard.stack}>
          <div>
            <Text size="sm" c="dimmed" mb={12}>
              <Amount sats={spend.data.total.spentSats} /> for{' '}
              {spend.data.total.tasks.toLocaleString('en-US')} tasks, by the day they were created
              (UTC).
            </Text>
            <BarChart
              title="Spend by day"
              axis="Day"
              bars={spend.data.days.map(({ day, spentSats, heldSats }) => ({
                label: day,
                values: [spentSats, heldSats],
              }))}
              series={[
                { name: 'Spent', tone: 'good' },
                { name: 'Held', tone: 'soft' },
              ]}
              format={sats}
            />
          </div>
          <ByType types={spend.data.types} leftOut={spend.data.typesLeftOut} />
        </div>
      ) : (
        <Loading height={200} />
      )}
    </Card>
  );
}

function ByType(props: {
  types: { type: string; tasks: number; spentSats: number; heldSats: number }[];
  leftOut: number;
}) {
  if (props.types.length === 0) return null;
  return (
    // A region that scrolls must be reachable by keyboard.
    <Box component="section" className={settings.scroll} aria-label="Spend by type" tabIndex={0}>
      <table className={settings.table}>
        <thead>
          <tr>
            <th scope="col">Type</th>
            <th scope="col" className={settings.number}>
              Tasks
            </th>
            <th scope="col" className={settings.number}>
              Spent
            </th>
            <th scope="col" className={settings.number}>
              Held
            </th>
            <th scope="col" className={settings.number}>
              Each
            </th>
          </tr>
        </thead>
        <tbody>
          {props.types.map(({ type, tasks, spentSats, heldSats }) => (
            <tr key={type}>
              <td>{humanise(type)}</td>
              <td className={settings.number}>{tasks.toLocaleString('en-US')}</td>
              <td className={settings.number}>{sats(spentSats)}</td>
              <td className={settings.number}>{sats(heldSats)}</td>
              <td className={settings.number}>{sats(Math.round(spentSats / tasks))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.leftOut > 0 ? (
        <Text size="sm" c="dimmed" px={20} pt={8}>
          And {props.leftOut} more types, each with less.
        </Text>
      ) : null}
    </Box>
  );
}
