'use client';

import { Button, Group, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { Select } from '@/components/ui/inputs/select';
import { useContract } from '@/components/ui/inputs/use-contract';
import type { WageFloorSetting } from '@/server/features/settings/schema';

const fetchContract = () =>
  import('@/server/features/settings/schema').then((contracts) => contracts.WageFloorSetting);

const BELOW = [
  { value: 'refuse', label: 'Refuse it, and say what would do' },
  { value: 'raise', label: 'Raise a payout that nobody has named' },
];

/** What an hour of a worker's own time is to be paid at least. */
export function WageFloorSettings({ saved }: { saved: WageFloorSetting }) {
  const trpc = useTRPC();
  const [amount, setAmount] = useState<number | string>(saved.satsPerHour ?? '');
  const [below, setBelow] = useState<string | null>(saved.below);
  const save = useAct(trpc.settings.saveWageFloor, {
    done: 'Saved, for tasks that are created from now on.',
    refresh: [trpc.settings.pathFilter()],
    quiet: true,
  });
  const parsed = useContract(fetchContract)?.safeParse({
    satsPerHour: amount === '' ? null : Number(amount),
    below,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed?.success) save.mutate(parsed.data);
  };
  return (
    <Card title="Wage floor">
      <form noValidate onSubmit={submit}>
        <Text size="sm" c="dimmed" mb="md" maw={640}>
          For live tasks of types of which 20 accepted answers of three workers or more say how long
          they take. A payout named in the request or saved with an organization’s type is never
          raised.
        </Text>
        <Group gap="md" align="flex-start">
          <NumberInput
            label="Sats an hour, at least"
            description="Empty for no floor."
            placeholder="No floor"
            min={1}
            allowDecimal={false}
            thousandSeparator=","
            w={280}
            maw="100%"
            value={amount}
            onChange={setAmount}
            error={parsed?.error?.issues[0]?.message}
          />
          <Select
            label="A task that pays less"
            description="Quotes say so beforehand."
            data={BELOW}
            w={320}
            maw="100%"
            value={below}
            onChange={setBelow}
          />
        </Group>
        <FormFault inline mt="sm" error={save.error} />
        <Button type="submit" mt="md" loading={save.isPending} disabled={!parsed?.success}>
          Save wage floor
        </Button>
      </form>
    </Card>
  );
}
