'use client';

import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import { humanise } from '@/components/ui/values/humanise';
import { TIERS } from '@/server/features/people/policy';
import type { Tier } from '@/server/features/people/schema';

/** Which skills somebody is to hold. */
export function SkillsField(props: {
  value: string[];
  onChange: (skills: string[]) => void;
  description: string;
}) {
  const trpc = useTRPC();
  const skills = useQuery(trpc.people.skills.queryOptions());
  return (
    <MultiSelect
      label="Skills"
      description={props.description}
      placeholder={props.value.length === 0 ? 'None' : undefined}
      value={props.value}
      onChange={props.onChange}
      data={(skills.data ?? []).map(({ name }) => ({ value: name, label: humanise(name) }))}
      searchable
      hidePickedOptions
      nothingFoundMessage="There is no such skill."
    />
  );
}

/** Up to which risk somebody may take tasks. */
export function TierField({ value, onChange }: { value: Tier; onChange: (tier: Tier) => void }) {
  return (
    <Select
      label="Tasks up to"
      value={value}
      onChange={(next) => onChange((next as Tier | null) ?? value)}
      data={TIERS.map((tier) => ({ value: tier, label: `${humanise(tier)} risk` }))}
    />
  );
}

/** How many tasks somebody may hold at once. */
export function CapacityField(props: {
  value: number | string;
  onChange: (value: number | string) => void;
  error: string | null;
}) {
  return (
    <NumberInput
      label="Tasks at a time"
      value={props.value}
      onChange={props.onChange}
      error={props.error}
      allowDecimal={false}
      allowNegative={false}
    />
  );
}
