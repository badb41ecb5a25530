'use client';

import { Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { Select } from '@/components/ui/inputs/select';

const HOUR_MS = 60 * 60 * 1_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
const CHOSEN = 'chosen';
const SINCE = [
  { value: String(HOUR_MS), label: 'The last hour' },
  { value: String(24 * HOUR_MS), label: 'The last 24 hours' },
  { value: String(WEEK_MS), label: 'The last seven days' },
  { value: CHOSEN, label: 'Since a time of your choice' },
];

/** Sends again what has failed for good at an endpoint, as of a time. */
export function ReplayFailed({ id }: { id: string }) {
  const [span, setSpan] = useState(String(WEEK_MS));
  const [from, setFrom] = useState('');
  const trpc = useTRPC();
  const replay = useAct(trpc.deliveries.replayFailed, {
    done: ({ replayed }) =>
      replayed === 0 ? 'Nothing has failed for good.' : `${replayed} are sent again.`,
    refresh: [trpc.deliveries.pathFilter()],
  });
  return (
    <ConfirmButton
      label="Replay failed"
      question="Send again what has failed?"
      verb="Replay failed"
      color="rail"
      busy={replay.isPending}
      isReady={span !== CHOSEN || from !== ''}
      onConfirm={() => {
        const since = span === CHOSEN ? new Date(from) : new Date(Date.now() - Number(span));
        return replay.mutateAsync({ endpointId: id, since: since.toISOString() });
      }}
    >
      <Stack gap="sm">
        Everything of this time that has failed for good is sent again, with the same ids.
        <Select
          label="What was made in"
          data={SINCE}
          value={span}
          onChange={(value) => setSpan(value ?? String(WEEK_MS))}
        />
        {span === CHOSEN ? (
          <TextInput
            type="datetime-local"
            label="Since"
            description="By your clock."
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
        ) : null}
      </Stack>
    </ConfirmButton>
  );
}
