'use client';

import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ShownOnce } from '@/components/dashboard/shown-once';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { Select } from '@/components/ui/inputs/select';
import type { ApiKeySummary } from '@/server/features/api-keys';

/** Ends a key for good. */
export function RevokeKey({ apiKey }: { apiKey: ApiKeySummary }) {
  const trpc = useTRPC();
  const revoke = useAct(trpc.apiKeys.revoke, {
    done: `“${apiKey.name}” is revoked.`,
    refresh: [trpc.apiKeys.pathFilter()],
  });
  return (
    <ConfirmButton
      label="Revoke"
      ariaLabel={`Revoke ${apiKey.name}`}
      question={`Revoke “${apiKey.name}”?`}
      verb="Revoke key"
      busy={revoke.isPending}
      onConfirm={() => revoke.mutateAsync({ id: apiKey.id })}
    >
      Requests with it are refused within seconds. This cannot be undone; make a new key instead.
    </ConfirmButton>
  );
}

const OVERLAPS = [
  { value: '0', label: 'At once' },
  { value: '3600', label: 'After an hour' },
  { value: '86400', label: 'After a day' },
  { value: '604800', label: 'After a week' },
];

/** Replaces a key by a new one like it; both work until the overlap is over. */
export function RollKey({ apiKey }: { apiKey: ApiKeySummary }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [opened, { open, close }] = useDisclosure(false);
  const [overlap, setOverlap] = useState('86400');
  const roll = useAct(trpc.apiKeys.roll, { after: open });
  const finish = () => {
    close();
    roll.reset();
    // Only now: the rolled key's row would otherwise take this dialog away with it.
    void queryClient.invalidateQueries(trpc.apiKeys.pathFilter());
  };
  return (
    <>
      <Button variant="default" size="xs" onClick={open} aria-label={`Roll ${apiKey.name}`}>
        Roll
      </Button>
      <Dialog
        opened={opened}
        onClose={finish}
        title={roll.data ? 'Copy the new key now' : `Roll “${apiKey.name}”?`}
        closeOnClickOutside={!roll.data}
      >
        {roll.data ? (
          <ShownOnce text={roll.data.plaintext} testId="rolled-api-key" onDone={finish}>
            It is shown once. Put it in the former one’s place before that one ends.
          </ShownOnce>
        ) : (
          <Stack gap="md">
            <Text size="sm">
              You get a new key with the same name, scopes, cap and lifetime. Both work until the
              former one ends.
            </Text>
            <Select
              label="The former key ends"
              value={overlap}
              onChange={(value) => setOverlap(value ?? '86400')}
              data={OVERLAPS}
            />
            <DialogActions
              onCancel={finish}
              loading={roll.isPending}
              onClick={() => roll.mutate({ id: apiKey.id, overlapSeconds: Number(overlap) })}
            >
              Roll key
            </DialogActions>
          </Stack>
        )}
      </Dialog>
    </>
  );
}
