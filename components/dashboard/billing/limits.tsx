'use client';

import { Anchor, Button, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { SaveFailure } from '@/components/ui/dialogs/save-failure';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { SatsInput } from '@/components/ui/inputs/sats-input';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { Loading } from '@/components/ui/loading';
import { tell } from '@/components/ui/notices';
import surface from '@/components/ui/surface.module.css';
import { useHydrated } from '@/components/ui/use-hydrated';
import { sats } from '@/components/ui/values/humanise';
import type { SpendLimits } from '@/server/features/ledger/schema';

/** The daily spending cap, and the balance below which owners and admins are notified. */
export function Limits({ maySet }: { maySet: boolean }) {
  const trpc = useTRPC();
  const hydrated = useHydrated();
  const limits = useQuery(trpc.ledger.limits.queryOptions());
  const spend = useQuery(trpc.usage.spend.queryOptions({ days: 7 }));
  // As they were when the dialog opened: what others change meanwhile must not slip under the draft.
  const [opened, setOpened] = useState<SpendLimits | null>(null);
  if (limits.isError) return <QueryFailure query={limits} />;
  // The frame asks the same by itself, so what the server has read may not be there while this card comes alive.
  if (!limits.data || !hydrated) return <Loading height={120} radius="lg" />;
  const { maxSpendSatsPerDay, lowBalanceSats } = limits.data;
  const today = spend.data?.todaySats;
  return (
    <Card
      title="Limits"
      aside={
        maySet ? (
          <Button size="xs" variant="default" onClick={() => setOpened(limits.data)}>
            Change limits
          </Button>
        ) : null
      }
    >
      <dl className={surface.facts}>
        <dt>Daily cap</dt>
        <dd>
          {maxSpendSatsPerDay === null ? 'None' : sats(maxSpendSatsPerDay)}
          {today === undefined ? '' : `, ${sats(today)} held or spent since midnight UTC`}
        </dd>
        <dt>Low balance</dt>
        <dd>
          {lowBalanceSats === null
            ? 'Nobody is told'
            : `Owners and admins are told below ${sats(lowBalanceSats)}`}
        </dd>
        <dt>By key</dt>
        <dd>
          <Anchor component={Link} href="/dashboard/settings/api-keys" size="sm" underline="always">
            Each key can have a cap of its own
          </Anchor>
        </dd>
      </dl>
      {opened ? (
        <LimitsDialog
          key={opened.version}
          limits={opened}
          onReload={async () => setOpened((await limits.refetch()).data ?? null)}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </Card>
  );
}

function LimitsDialog({
  limits,
  onReload,
  onClose,
}: {
  limits: SpendLimits;
  onReload: () => Promise<void>;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries(trpc.ledger.pathFilter());
  const save = useMutation(
    trpc.ledger.setLimits.mutationOptions({
      onSuccess: async () => {
        tell('The limits are changed.');
        onClose();
        await refresh();
      },
    }),
  );
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/ledger/schema')).SetSpendLimits,
    initial: {
      maxSpendSatsPerDay: limits.maxSpendSatsPerDay ?? '',
      lowBalanceSats: limits.lowBalanceSats ?? '',
    },
    values: (typed) => ({
      maxSpendSatsPerDay: typed.maxSpendSatsPerDay === '' ? null : typed.maxSpendSatsPerDay,
      lowBalanceSats: typed.lowBalanceSats === '' ? null : typed.lowBalanceSats,
      version: limits.version,
    }),
    send: (draft) => save.mutateAsync(draft),
  });
  return (
    <Dialog opened onClose={onClose} title="Change limits">
      <form {...checked.form}>
        <Stack gap="md">
          <SaveFailure error={save.error} onReload={onReload} />
          <SatsInput
            label="Most to spend a day"
            description="By all keys and members together, from midnight to midnight UTC. What would go over it is refused. Empty is no cap."
            {...checked.bind('maxSpendSatsPerDay')}
            data-autofocus
          />
          <SatsInput
            label="Tell us of a balance below"
            description="Owners and admins get an e-mail, and your webhook endpoints balance.low, once each time it falls. Empty is never."
            {...checked.bind('lowBalanceSats')}
          />
          <DialogActions onCancel={onClose} {...checked.button}>
            Save
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}
