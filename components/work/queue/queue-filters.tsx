'use client';

import { Button, NativeSelect } from '@mantine/core';
import { usePathname, useSearchParams } from 'next/navigation';
import { humanise, sats } from '@/components/ui/values/humanise';
import classes from '@/components/work/work.module.css';
import { QUEUE_ORDERS } from '@/server/features/routing/policy';
import type { QueueFilter } from '@/server/features/routing/schema';

const AMOUNTS = [100, 250, 500, 1_000, 2_500];
const MINUTES = [1, 2, 5, 10, 30];
const ORDERS: Record<NonNullable<QueueFilter['order']>, string> = {
  urgent: 'Most urgent first',
  pay: 'Best paid first',
  hourly: 'Best paid an hour first',
};

/** The filter that the address holds, so that a reload and a bookmark keep it. */
export function useQueueFilter() {
  const params = useSearchParams();
  const pathname = usePathname();
  const type = params?.get('type') ?? undefined;
  const minSats = Number(params?.get('min_sats')) || 0;
  const maxMinutes = Number(params?.get('max_minutes')) || 0;
  const order = QUEUE_ORDERS.find((each) => each === params?.get('order'));
  const filter: QueueFilter = {
    ...(type ? { type: type.slice(0, 128) } : {}),
    ...(AMOUNTS.includes(minSats) ? { minSats } : {}),
    ...(MINUTES.includes(maxMinutes) ? { maxMinutes } : {}),
    ...(order && order !== 'urgent' ? { order } : {}),
  };
  const setFilter = (next: QueueFilter) => {
    const query = new URLSearchParams();
    if (next.type) query.set('type', next.type);
    if (next.minSats) query.set('min_sats', String(next.minSats));
    if (next.maxMinutes) query.set('max_minutes', String(next.maxMinutes));
    if (next.order && next.order !== 'urgent') query.set('order', next.order);
    // Only the address changes; the list asks for itself.
    window.history.replaceState(null, '', `${pathname}${query.size > 0 ? `?${query}` : ''}`);
  };
  return { filter, setFilter };
}

/** Narrows the queue by type, each with how many there are, by pay and by time; and orders it. */
export function QueueFilters(props: {
  counts: { type: string; tasks: number }[];
  filter: QueueFilter;
  onChange: (filter: QueueFilter) => void;
}) {
  const { counts, filter, onChange } = props;
  const types = counts.map(({ type, tasks }) => ({
    value: type,
    label: `${humanise(type)} (${tasks})`,
  }));
  if (filter.type && !counts.some((each) => each.type === filter.type)) {
    types.push({ value: filter.type, label: `${humanise(filter.type)} (0)` });
  }
  const narrowed = Boolean(filter.type || filter.minSats || filter.maxMinutes);
  return (
    <search className={classes.filters} aria-label="Filter the queue">
      <NativeSelect
        size="xs"
        id="queue-filter"
        aria-label="Type"
        value={filter.type ?? ''}
        data={[{ value: '', label: 'All types' }, ...types]}
        onChange={(event) => onChange({ ...filter, type: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label="Pays at least"
        value={String(filter.minSats ?? '')}
        data={[
          { value: '', label: 'Any pay' },
          ...AMOUNTS.map((amount) => ({ value: String(amount), label: `${sats(amount)} or more` })),
        ]}
        onChange={(event) =>
          onChange({ ...filter, minSats: Number(event.currentTarget.value) || undefined })
        }
      />
      <NativeSelect
        size="xs"
        aria-label="Takes at most"
        value={String(filter.maxMinutes ?? '')}
        data={[
          { value: '', label: 'Any length' },
          ...MINUTES.map((each) => ({ value: String(each), label: `${each} min or less` })),
        ]}
        onChange={(event) =>
          onChange({ ...filter, maxMinutes: Number(event.currentTarget.value) || undefined })
        }
      />
      <NativeSelect
        size="xs"
        aria-label="Order"
        value={filter.order ?? 'urgent'}
        data={QUEUE_ORDERS.map((each) => ({ value: each, label: ORDERS[each] }))}
        onChange={(event) =>
          onChange({
            ...filter,
            order: QUEUE_ORDERS.find((each) => each === event.currentTarget.value),
          })
        }
      />
      {narrowed ? (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => onChange(filter.order ? { order: filter.order } : {})}
        >
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}
