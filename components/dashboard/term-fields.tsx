'use client';

import { type NumberInputProps, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import type { TaskType } from '@/server/features/task-types/schema';

/** Error messages by the dotted path of the field, as in the API. */
export type Faults = Record<string, string>;

/** The numbers as typed; empty if not given. */
interface Terms {
  payoutSats: string;
  slaSeconds: string;
  riskTier: string;
  targetConfidence: string;
  voteValue: string;
  minVotes: string;
  maxVotes: string;
}

interface TermFieldsProps {
  draft: Terms;
  faults: Faults;
  onChange: (changes: Partial<Terms>) => void;
  /** The type whose values apply where a field is empty. */
  type?: TaskType | null;
  /** More fields of the same grid. */
  children?: ReactNode;
}

/** Price, time, risk and votes, which requests and task types have in common. */
export function TermFields({ draft, faults, onChange, type, children }: TermFieldsProps) {
  const field = bindTo({ draft, faults, onChange }).value;
  const usual = (value: number | string | null | undefined, otherwise: string) =>
    value == null ? otherwise : `${value} (from the type)`;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      <NumberField
        {...field('payoutSats', 'payout_sats')}
        label="Payout per answer, sats"
        placeholder={usual(type?.payout_sats, '100')}
        allowDecimal={false}
        thousandSeparator=","
      />
      <NumberField
        {...field('slaSeconds', 'sla_seconds')}
        label="Time limit (SLA), seconds"
        placeholder={usual(type?.sla_seconds, '600')}
        allowDecimal={false}
      />
      <Select
        label="Risk tier"
        placeholder={usual(type?.risk_tier, 'medium')}
        clearable
        data={['low', 'medium', 'high', 'critical']}
        value={draft.riskTier || null}
        onChange={(value) => onChange({ riskTier: value ?? '' })}
        error={faults.risk_tier}
      />
      <NumberField
        {...field('targetConfidence', 'redundancy.target_confidence')}
        label="Target confidence, %"
        placeholder="By tier"
      />
      <NumberField
        {...field('minVotes', 'redundancy.min_votes')}
        label="Votes, at least"
        placeholder="By tier"
        allowDecimal={false}
      />
      <NumberField
        {...field('maxVotes', 'redundancy.max_votes')}
        label="Votes, at most"
        placeholder="By tier"
        allowDecimal={false}
      />
      <NumberField
        {...field('voteValue', 'redundancy.vote_value')}
        label="A further vote must add, %"
        placeholder="1"
      />
      {children}
    </SimpleGrid>
  );
}

/** Binds the fields of a draft: their values, faults and changes. */
export function bindTo<Draft extends object>(props: {
  draft: Draft;
  faults: Faults;
  onChange: (changes: Partial<Draft>) => void;
}) {
  const { draft, faults, onChange } = props;
  const change = (name: keyof Draft, value: unknown) =>
    onChange({ [name]: value } as Partial<Draft>);
  return {
    /** A field whose change is a value. */
    value: <Name extends keyof Draft>(name: Name, path: string) => ({
      value: draft[name],
      onChange: (value: Draft[Name]) => change(name, value),
      error: faults[path],
    }),
    /** A field of text, whose change is an event. */
    text: <Name extends keyof Draft>(name: Name, path: string) => ({
      value: draft[name],
      onChange: (event: { currentTarget: { value: string } }) =>
        change(name, event.currentTarget.value),
      error: faults[path],
    }),
  };
}

/** A number of zero or more, as typed. */
export function NumberField(
  props: Omit<NumberInputProps, 'value' | 'onChange'> & {
    value: string;
    onChange: (value: string) => void;
  },
) {
  const { onChange, ...rest } = props;
  return (
    <NumberInput {...rest} onChange={(value) => onChange(String(value))} allowNegative={false} />
  );
}

/** The first error of a field or of anything inside it. */
export function faultUnder(faults: Faults, path: string): string | undefined {
  const found = Object.keys(faults).find((key) => key === path || key.startsWith(`${path}.`));
  return found ? faults[found] : undefined;
}
