import { Group } from '@mantine/core';
import { Select } from '@/components/ui/inputs/select';
import { humanise } from '@/components/ui/values/humanise';
import { REVIEW_KINDS } from '@/server/features/reviews/policy';
import type { ReviewCounts, ReviewFilter } from '@/server/features/reviews/schema';
import type { ReviewArea } from './use-reviews';
import { KINDS } from './words';

const AGES = [
  { value: 'hour', label: 'Waiting over an hour' },
  { value: 'day', label: 'Waiting over a day' },
  { value: 'week', label: 'Waiting over a week' },
];

const QUEUES = [
  { value: 'instance', label: 'For operators' },
  { value: 'organization', label: 'For organizations themselves' },
];

interface ReviewFiltersProps {
  area: ReviewArea;
  filter: ReviewFilter;
  counts: ReviewCounts;
  onChange: (filter: ReviewFilter) => void;
}

/** What the queue is narrowed to, with how many there are of each. */
export function ReviewFilters({ area, filter, counts, onChange }: ReviewFiltersProps) {
  const change = (part: Record<string, string | null>) => {
    const next = { ...filter, ...part };
    onChange(Object.fromEntries(Object.entries(next).filter(([, value]) => value)) as ReviewFilter);
  };
  const sum = (matches: (row: ReviewCounts[number]) => boolean) =>
    counts.filter(matches).reduce((total, { count }) => total + count, 0);
  const types = [...new Set([...counts.map(({ type }) => type), filter.type ?? ''])].filter(
    Boolean,
  );
  return (
    <Group gap="sm" mb="md">
      <Select
        aria-label="Reason"
        placeholder={`All reasons (${sum(() => true)})`}
        clearable
        w={200}
        value={filter.kind ?? null}
        onChange={(kind) => change({ kind })}
        data={REVIEW_KINDS.map((kind) => ({
          value: kind,
          label: `${KINDS[kind]} (${sum((row) => row.kind === kind)})`,
        }))}
      />
      <Select
        aria-label="Type"
        placeholder="All types"
        clearable
        w={220}
        value={filter.type ?? null}
        onChange={(type) => change({ type })}
        data={types.map((type) => ({
          value: type,
          label: `${humanise(type)} (${sum((row) => row.type === type)})`,
        }))}
      />
      <Select
        aria-label="Age"
        placeholder="Any age"
        clearable
        w={190}
        value={filter.waitedFor ?? null}
        onChange={(waitedFor) => change({ waitedFor })}
        data={AGES}
      />
      {area === 'ops' ? (
        <Select
          aria-label="Whose"
          w={230}
          value={filter.queue ?? 'instance'}
          onChange={(queue) => change({ queue, type: null })}
          data={QUEUES}
        />
      ) : null}
    </Group>
  );
}
