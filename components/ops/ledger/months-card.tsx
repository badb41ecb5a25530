'use client';

import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { QueryCard } from '@/components/ui/query-card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { ClosedMonth, NextMonth } from '@/server/features/books/schema';
import classes from './ledger.module.css';

/** The closed months of live mode, and the next one to close. */
export function MonthsCard() {
  const trpc = useTRPC();
  const months = useQuery(trpc.books.months.queryOptions());
  return (
    <QueryCard query={months} title="Closed months of live mode">
      {months.data ? <Next next={months.data.next} /> : null}
      {months.data?.months.map((month) => (
        <Month key={month.month} month={month} />
      ))}
    </QueryCard>
  );
}

function Next({ next }: { next: NextMonth | null }) {
  const trpc = useTRPC();
  const close = useAct(trpc.books.closeMonth, {
    done: 'The month is closed.',
    refresh: [trpc.books.pathFilter()],
  });
  if (!next) {
    return (
      <Text size="sm" c="dimmed" px={20} pb={20}>
        Nothing was posted in live mode yet. Test mode has no months to close.
      </Text>
    );
  }
  const { month, dueAt, isDue } = next;
  return (
    <Group justify="space-between" px={20} pb={16} gap="md">
      <Text size="sm" c="dimmed">
        {isDue
          ? `${month} is over. It is closed tonight, or now; nothing can be posted in it afterwards.`
          : `${month} is open, and is closed by itself after ${dueAt.toISOString().slice(0, 10)} (UTC).`}
      </Text>
      {isDue ? (
        <Button
          size="xs"
          variant="default"
          loading={close.isPending}
          onClick={() => close.mutate({ month })}
        >
          Close {month}
        </Button>
      ) : null}
    </Group>
  );
}

function Month({ month: { month, postings, closedAt, by, totals } }: { month: ClosedMonth }) {
  return (
    <details className={classes.month}>
      <summary>
        <span style={{ fontWeight: 500 }}>{month}</span>
        <Text span size="sm" c="dimmed">
          {postings.toLocaleString('en-US')} {postings === 1 ? 'posting' : 'postings'} · closed{' '}
          {by === 'system' ? 'by itself' : `by ${by}`} <Age at={closedAt} />
        </Text>
        <Anchor size="sm" href={`/ops/ledger/months/${month}/organizations.csv`} download ml="auto">
          CSV by organization
        </Anchor>
      </summary>
      <ScrollTable
        label={`Accounts in ${month}`}
        columns={['Account', 'Opening', 'Credits', 'Debits', 'Closing']}
      >
        {totals.map((total) => (
          <tr key={total.kind}>
            <th scope="row">{total.name}</th>
            <td>{sats(total.openingSats)}</td>
            <td>{sats(total.creditSats)}</td>
            <td>{sats(total.debitSats)}</td>
            <td>{sats(total.closingSats)}</td>
          </tr>
        ))}
      </ScrollTable>
    </details>
  );
}
