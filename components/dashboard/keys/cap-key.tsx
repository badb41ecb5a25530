'use client';

import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import type { ApiKeySummary } from '@/server/features/api-keys';

/** Changes how much a key may spend in a day. */
export function CapKey({ apiKey }: { apiKey: ApiKeySummary }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={open}
        aria-label={`Change the cap of ${apiKey.name}`}
      >
        Cap
      </Button>
      <Dialog opened={opened} onClose={close} title={`Cap “${apiKey.name}”`}>
        <CapForm apiKey={apiKey} onClose={close} />
      </Dialog>
    </>
  );
}

function CapForm({ apiKey, onClose }: { apiKey: ApiKeySummary; onClose: () => void }) {
  const trpc = useTRPC();
  const [cap, setCap] = useState<number | string>(
    apiKey.maxSpendSatsPerDay === null ? '' : Number(apiKey.maxSpendSatsPerDay),
  );
  const [fault, setFault] = useState<string | null>(null);
  const save = useAct(trpc.apiKeys.setCap, {
    done: `The cap of “${apiKey.name}” is changed.`,
    after: () => onClose(),
    refresh: [trpc.apiKeys.pathFilter()],
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const contracts = await import('@/server/features/api-keys/schema');
    const draft = contracts.SetKeyCap.safeParse({
      id: apiKey.id,
      maxSpendSatsPerDay: cap === '' ? null : cap,
    });
    setFault(draft.error?.issues[0]?.message ?? null);
    if (draft.success) save.mutate(draft.data);
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <SatsInput
          label="Most it may spend a day"
          description="In sats, from midnight to midnight UTC; what it has spent today counts. What would go over it is refused. Empty is no cap."
          value={cap}
          onChange={setCap}
          error={fault}
          data-autofocus
        />
        <DialogActions onCancel={onClose} loading={save.isPending}>
          Save
        </DialogActions>
      </Stack>
    </form>
  );
}
