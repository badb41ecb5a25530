'use client';

import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { v4 as newKey } from 'uuid';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { Select } from '@/components/ui/inputs/select';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { sats } from '@/components/ui/values/humanise';
import type { AdjustedKind } from '@/server/features/adjustments/schema';

const KINDS: { value: AdjustedKind; label: string }[] = [
  { value: 'organization_available', label: 'An organization’s, available' },
  { value: 'worker_payable', label: 'A worker’s, payable' },
];

interface Asked {
  mode: 'live' | 'test';
  /** The form's initial values. */
  proposed: { owner?: string | undefined; accountKind?: AdjustedKind | undefined };
}

/** Adds sats to an account of the mode on show, or takes them from it. */
export function AdjustButton(asked: Asked) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button onClick={open}>Adjust an account…</Button>
      <Dialog opened={opened} onClose={close} title="Adjust an account">
        <AdjustForm {...asked} onClose={close} />
      </Dialog>
    </>
  );
}

function AdjustForm({ mode, proposed, onClose }: Asked & { onClose: () => void }) {
  const trpc = useTRPC();
  // Kept until the request succeeds, so that neither a double click nor a retry moves sats twice.
  const [key] = useState(() => newKey());
  const adjust = useAct(trpc.adjustments.adjust, {
    done: ({ ownerName, balanceSats }) => `${ownerName} has ${sats(balanceSats)}.`,
    after: onClose,
    refresh: [trpc.adjustments.pathFilter()],
    quiet: true,
  });
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/adjustments/schema')).AdjustAccount,
    initial: {
      accountKind: proposed.accountKind ?? ('organization_available' as AdjustedKind),
      owner: proposed.owner ?? '',
      amountSats: '' as number | string,
      reason: '',
    },
    values: (typed) => ({
      ...typed,
      key,
      mode,
      owner: typed.owner.trim(),
      amountSats: typed.amountSats === '' ? undefined : typed.amountSats,
    }),
    send: async (draft) => {
      // The dialog may still be closing.
      if (!adjust.isSuccess) await adjust.mutateAsync(draft);
    },
  });
  return (
    <form {...checked.form}>
      <Stack gap="sm">
        <Text size="sm">
          The platform’s fees are the other side. What a worker is given is paid out like an answer.
          Taken is only what an organization can spend, and of a worker’s what operators gave and is
          not sent yet.
        </Text>
        <Select label="Which account" data={KINDS} {...checked.bind('accountKind')} />
        <TextInput
          label={
            checked.typed.accountKind === 'worker_payable' ? 'Worker’s id' : 'Organization’s id'
          }
          {...checked.bind('owner')}
          data-autofocus
        />
        <SatsInput
          allowNegative
          label="Amount"
          description="Above zero to add, below zero to take."
          {...checked.bind('amountSats')}
        />
        <Textarea
          label="Why"
          description="Whose account it is reads it in the statement, and it stands in the audit log."
          autosize
          minRows={2}
          maxLength={500}
          {...checked.bind('reason')}
        />
        <FormFault inline>{checked.general}</FormFault>
        <DialogActions onCancel={onClose} {...checked.button}>
          Adjust
        </DialogActions>
      </Stack>
    </form>
  );
}
