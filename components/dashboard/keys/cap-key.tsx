'use client';

import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import type { ApiKeySummary } from '@/server/features/api-keys';

/** Changes a key's daily spending cap. */
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
  const save = useAct(trpc.apiKeys.setCap, {
    done: `The cap of “${apiKey.name}” is changed.`,
    after: () => onClose(),
    refresh: [trpc.apiKeys.pathFilter()],
    quiet: true,
  });
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/api-keys/schema')).SetKeyCap,
    initial: {
      maxSpendSatsPerDay:
        apiKey.maxSpendSatsPerDay === null ? '' : Number(apiKey.maxSpendSatsPerDay),
    },
    values: ({ maxSpendSatsPerDay }) => ({
      id: apiKey.id,
      maxSpendSatsPerDay: maxSpendSatsPerDay === '' ? null : maxSpendSatsPerDay,
    }),
    send: (draft) => save.mutateAsync(draft),
  });
  return (
    <form {...checked.form}>
      <Stack gap="md">
        <FormFault>{checked.general}</FormFault>
        <SatsInput
          label="Most it may spend a day"
          description="In sats, from midnight to midnight UTC; what it has spent today counts. What would go over it is refused. Empty is no cap."
          {...checked.bind('maxSpendSatsPerDay')}
          data-autofocus
        />
        <DialogActions onCancel={onClose} {...checked.button}>
          Save
        </DialogActions>
      </Stack>
    </form>
  );
}
