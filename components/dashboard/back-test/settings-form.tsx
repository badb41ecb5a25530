'use client';

import { Button } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Card } from '@/components/ui/card';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import type { BackTest } from '@/server/features/verification';
import type { BackTestSettings } from '@/server/features/verification/schema';
import classes from './back-test.module.css';
import { askedOf, draftOf, METHOD_NAMES, type SettingsDraft } from './settings-text';

const fetchContract = () =>
  import('@/server/features/verification/schema').then((contracts) => contracts.BackTestSettings);

interface SettingsFormProps {
  current: BackTest['current'];
  busy: boolean;
  onRun: (settings: BackTestSettings) => void;
}

/** Settings to be replayed beside those that the type has. */
export function SettingsForm({ current, busy, onRun }: SettingsFormProps) {
  const [draft, setDraft] = useState(() => draftOf(current));
  const parsed = useContract(fetchContract)?.safeParse(askedOf(draft));
  const isOrdered = Number(draft.minVotes) <= Number(draft.maxVotes);
  const faults = new Map(parsed?.error?.issues.map((issue) => [issue.path[0], issue.message]));
  const change = (changes: Partial<SettingsDraft>) => setDraft({ ...draft, ...changes });
  const field = (
    label: string,
    key: Exclude<keyof SettingsDraft, 'method'>,
    name: string,
    options: { suffix?: string; max: number },
  ) => (
    <NumberInput
      label={label}
      value={draft[key]}
      onChange={(value) => change({ [key]: String(value) })}
      min={0}
      decimalScale={options.suffix ? 2 : 0}
      error={faults.has(name) ? 'Out of range.' : null}
      {...options}
    />
  );
  return (
    <Card title="Try other settings">
      <form
        className={classes.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (parsed?.success && isOrdered) onRun(parsed.data);
        }}
      >
        {field('Votes, at least', 'minVotes', 'min_votes', { max: 25 })}
        {field('Votes, at most', 'maxVotes', 'max_votes', { max: 25 })}
        {field('Target confidence', 'target', 'target_confidence', { suffix: ' %', max: 99.99 })}
        {field('Value of a vote', 'voteValue', 'vote_value', { suffix: ' %', max: 100 })}
        {field('Gold rate', 'goldRate', 'gold_rate', { suffix: ' %', max: 50 })}
        <Select
          label="Votes are weighed"
          value={draft.method}
          onChange={(method) => method && change({ method: method as SettingsDraft['method'] })}
          data={Object.entries(METHOD_NAMES).map(([value, label]) => ({ value, label }))}
        />
        <Button type="submit" loading={busy} disabled={!parsed?.success || !isOrdered}>
          Replay
        </Button>
      </form>
    </Card>
  );
}
