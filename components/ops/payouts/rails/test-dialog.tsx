'use client';

import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { v4 as newKey } from 'uuid';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { sats } from '@/components/ui/values/humanise';
import type { RailLine, RailTestLine } from '@/server/features/payouts/rails/schema';
import classes from './rails.module.css';

/**
 * Pays one sat. The idempotency key stays the same until a response arrives, so neither a double click nor a
 * retry after a lost response pays twice.
 */
export function TestDialog({ rail, onClose }: { rail: RailLine; onClose: () => void }) {
  const trpc = useTRPC();
  const [key, setKey] = useState(() => newKey());
  const [destination, setDestination] = useState('');
  const test = useAct(trpc.rails.test, {
    after: () => setKey(newKey()),
    refresh: [trpc.rails.pathFilter()],
    quiet: true,
  });
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/payouts/rails/schema')).TestRail,
    values: () => ({ key, id: rail.id, destination }),
    send: (draft) => test.mutateAsync(draft),
  });
  // The current status: a pending payment is looked up in the background.
  const made = test.data?.lastTest;
  const shown = made && (rail.lastTest?.id === made.id ? rail.lastTest : made);
  return (
    <Dialog opened onClose={onClose} title={`Pay one sat by ${rail.name}`}>
      <form {...checked.form}>
        <Stack gap="md">
          <Text size="sm">
            A real sat, in test mode as well. It goes the way of every payout; it and its fee are
            the platform’s expense, and stand in the books.
          </Text>
          <TextInput
            label="To"
            description="A Lightning address, or an invoice over 1 sat."
            placeholder="name@example.com"
            value={destination}
            name="destination"
            error={checked.faults.destination ?? checked.general}
            data-autofocus
            onChange={(event) => setDestination(event.currentTarget.value)}
          />
          {shown ? <Outcome test={shown} /> : null}
          <DialogActions onCancel={onClose} cancel={shown ? 'Close' : 'Cancel'} {...checked.button}>
            {shown ? 'Pay another' : 'Pay 1 sat'}
          </DialogActions>
        </Stack>
      </form>
    </Dialog>
  );
}

function Outcome({ test }: { test: RailTestLine }) {
  const { status, feeSats, preimage, error } = test;
  if (status === 'settled') {
    return (
      <Alert color="rail" role="status" title="It arrived">
        <Text size="sm">The fee was {sats(feeSats)}.</Text>
        {preimage ? <Text className={classes.proof}>Proof: {preimage}</Text> : null}
      </Alert>
    );
  }
  if (status === 'failed') {
    return (
      <Alert color="red" role="status" title="It was not paid">
        {error}
      </Alert>
    );
  }
  return (
    <Alert color="orange" role="status" title="It is not known yet whether it arrived">
      {error} Nothing is sent again; the rail is asked each minute what became of it.
    </Alert>
  );
}
