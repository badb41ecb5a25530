'use client';

import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { useContract } from '@/components/ui/inputs/use-contract';
import type { PayoutSettings } from '@/server/features/payouts/schema';

const fetchContract = () =>
  import('@/server/features/payouts/schema').then(({ SetPayoutTiming }) => SetPayoutTiming);

/** When payouts leave: each by itself, together once they come to enough, or on demand. */
export function PayoutTiming({ settings }: { settings: PayoutSettings }) {
  const trpc = useTRPC();
  const change = useAct(trpc.payouts.setTiming, {
    done: 'Saved.',
    refresh: [trpc.payouts.pathFilter()],
  });
  const timing = change.isPending ? change.variables.timing : settings.timing;
  return (
    <Radio.Group
      label="When"
      value={timing}
      onChange={(value) => change.mutate({ timing: value as PayoutSettings['timing'] })}
    >
      <Stack gap="xs" mt={6}>
        <Radio
          value="at_once"
          label="Pay each answer at once"
          description="It leaves as soon as the answer is accepted. What is kept now leaves as well."
        />
        <Radio
          value="at_threshold"
          label="Pay when it comes to an amount"
          description="Answers are paid together, in one payment."
        />
        {timing === 'at_threshold' ? (
          <Threshold
            saved={settings.thresholdSats}
            isPending={change.isPending}
            onSave={(thresholdSats) => change.mutate({ timing: 'at_threshold', thresholdSats })}
          />
        ) : null}
        <Radio
          value="on_withdrawal"
          label="Keep it until I withdraw"
          description="What you earn waits here, and leaves when you press Withdraw."
        />
      </Stack>
    </Radio.Group>
  );
}

function Threshold(props: {
  saved: number;
  isPending: boolean;
  onSave: (thresholdSats: number) => void;
}) {
  const { saved, isPending, onSave } = props;
  const [typed, setTyped] = useState<number | string>(saved);
  const checked = useContract(fetchContract)?.safeParse({
    timing: 'at_threshold',
    thresholdSats: typed === '' ? Number.NaN : Number(typed),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (checked?.data?.thresholdSats !== undefined) onSave(checked.data.thresholdSats);
  };
  return (
    <form noValidate onSubmit={submit} style={{ marginLeft: 32 }}>
      <Group gap="sm" align="flex-end">
        <NumberInput
          label="Sats to pay at"
          min={1}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          w={180}
          value={typed}
          onChange={setTyped}
        />
        <Button
          type="submit"
          variant="default"
          loading={isPending}
          disabled={!checked?.success || Number(typed) === saved}
        >
          Save
        </Button>
      </Group>
      {checked?.success !== false ? null : (
        <Text size="sm" mt={6} c="var(--urgent-text)">
          {checked.error.issues[0]?.message}
        </Text>
      )}
    </form>
  );
}
