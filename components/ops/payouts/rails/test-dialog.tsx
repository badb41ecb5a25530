'use client';

import { Alert, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v4 as newKey } from 'uuid';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { useContract } from '@/components/ui/inputs/use-contract';
import { sats } from '@/components/ui/values/humanise';
import type { RailLine, RailTestLine } from '@/server/features/payouts/rails/schema';
import classes from './rails.module.css';

const fetchContract = () =>
  import('@/server/features/payouts/rails/schema').then((contracts) => contracts.TestRail);

/**
 * Pays one sat. What it sends has a key that stays the same until an answer came, so that neither a double
 * click nor a second try after a lost answer pays twice.
 */
export function TestDialog({ rail, onClose }: { rail: RailLine; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const contract = useContract(fetchContract);
  const [key, setKey] = useState(() => newKey());
  const [destination, setDestination] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const test = useMutation(
    trpc.rails.test.mutationOptions({
      onSuccess: () => setKey(newKey()),
      onError: (error) => setFault(failureOf(error).message),
      onSettled: () => queryClient.invalidateQueries(trpc.rails.pathFilter()),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!contract) return;
    const draft = contract.safeParse({ key, id: rail.id, destination });
    if (!draft.success) return setFault(draft.error.issues[0]?.message ?? 'Not valid.');
    setFault(null);
    test.mutate(draft.data);
  };
  // As it stands now: one that was under way is looked up meanwhile.
  const made = test.data?.lastTest;
  const shown = made && (rail.lastTest?.id === made.id ? rail.lastTest : made);
  return (
    <Dialog opened onClose={onClose} title={`Pay one sat by ${rail.name}`}>
      <form onSubmit={submit} noValidate>
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
            error={fault}
            data-autofocus
            onChange={(event) => setDestination(event.currentTarget.value)}
          />
          {shown ? <Outcome test={shown} /> : null}
          <DialogActions
            onCancel={onClose}
            cancel={shown ? 'Close' : 'Cancel'}
            loading={test.isPending}
            disabled={!contract}
          >
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
