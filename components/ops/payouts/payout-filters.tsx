'use client';

import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/humanise';
import { PAYOUT_STATES } from '@/server/features/payouts/schema';
import classes from './payouts.module.css';
import type { PayoutAddress } from './use-payout-filter';
import { STATES } from './words';

const AGES = [
  { value: '', label: 'Any age' },
  { value: 'hour', label: 'Over an hour old' },
  { value: 'day', label: 'Over a day old' },
  { value: 'week', label: 'Over a week old' },
];

/** What the list is narrowed to. */
export function PayoutFilters(props: {
  address: PayoutAddress;
  /** The mode that is on show where the address names none. */
  mode: 'live' | 'test';
  search: RefObject<HTMLInputElement | null>;
  onChange: (next: PayoutAddress) => void;
}) {
  const { address, mode, search, onChange } = props;
  const trpc = useTRPC();
  const rails = useQuery(trpc.payouts.rails.queryOptions());
  const narrow = (change: PayoutAddress) => onChange({ ...address, ...change, after: undefined });
  return (
    <search className={classes.filters} aria-label="Filter the payouts">
      <NameField
        label="Organization or its id"
        value={address.organization}
        field={search}
        onChange={(organization) => narrow({ organization })}
      />
      <NameField
        label="Worker, address or id"
        value={address.worker}
        onChange={(worker) => narrow({ worker })}
      />
      <NativeSelect
        aria-label="State"
        value={address.state ?? ''}
        onChange={(event) => narrow({ state: (event.currentTarget.value || undefined) as never })}
        data={[
          { value: '', label: 'Any state' },
          ...PAYOUT_STATES.map((state) => ({ value: state, label: STATES[state] })),
        ]}
      />
      <NativeSelect
        aria-label="Mode"
        value={address.mode ?? mode}
        onChange={(event) => narrow({ mode: event.currentTarget.value as never })}
        data={[
          { value: 'live', label: 'Live' },
          { value: 'test', label: 'Test' },
        ]}
      />
      <NativeSelect
        aria-label="Rail"
        value={address.rail ?? ''}
        onChange={(event) => narrow({ rail: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: 'Any rail' },
          ...(rails.data ?? []).map((name) => ({ value: name, label: humanise(name) })),
        ]}
      />
      <NativeSelect
        aria-label="Age"
        value={address.olderThan ?? ''}
        onChange={(event) =>
          narrow({ olderThan: (event.currentTarget.value || undefined) as never })
        }
        data={AGES}
      />
    </search>
  );
}

function NameField(props: {
  label: string;
  value: string | undefined;
  field?: RefObject<HTMLInputElement | null>;
  onChange: (text: string | undefined) => void;
}) {
  const { label, value, field, onChange } = props;
  const [text, setText] = useState(value ?? '');
  const changeSoon = useDebouncedCallback(
    (next: string) => onChange(next.trim() || undefined),
    250,
  );
  return (
    <TextInput
      ref={field}
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        changeSoon(event.currentTarget.value);
      }}
    />
  );
}
