'use client';

import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { QueryState } from '@/components/ui/failures/query-state';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { sats } from '@/components/ui/values/humanise';
import type { ClosurePreview } from '@/server/features/closures/schema';
import { TypedName } from './transfer-card';

/** Closes the organization for good, once it was said what that ends. */
export function CloseCard({ name }: { name: string }) {
  const [asking, { open, close }] = useDisclosure(false);
  return (
    <Card title="Delete">
      <Group justify="space-between" gap="sm">
        <Text size="sm" maw={480}>
          Keys, endpoints, invitations and memberships end at once, for good. Tasks and the ledger
          are kept by whoever runs this instance.
        </Text>
        <Button variant="default" size="xs" onClick={open}>
          Delete organization
        </Button>
      </Group>
      <Dialog opened={asking} onClose={close} title={`Delete ${name}?`}>
        <Closing name={name} onCancel={close} />
      </Dialog>
    </Card>
  );
}

function Closing({ name, onCancel }: { name: string; onCancel: () => void }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.closures.preview.queryOptions(undefined, { staleTime: 0 }));
  if (preview.isPending || preview.isError) return <QueryState query={preview} height={120} />;
  if (preview.data.openTasks > 0) {
    return (
      <Stack gap="md">
        <Alert color="orange">
          {counted(preview.data.openTasks, 'task is', 'tasks are')} still open, in live or test
          mode. Wait for them or cancel them, then come back.
        </Alert>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Close
          </Button>
        </Group>
      </Stack>
    );
  }
  return <ClosingForm name={name} preview={preview.data} onCancel={onCancel} />;
}

function ClosingForm(props: { name: string; preview: ClosurePreview; onCancel: () => void }) {
  const { name, preview } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const [leaves, setLeaves] = useState(false);
  const end = useMutation(
    trpc.closures.close.mutationOptions({
      onSuccess: () => window.location.assign('/home'),
      onError: () => queryClient.invalidateQueries(trpc.closures.pathFilter()),
    }),
  );
  const mayLeave = preview.liveSats === 0 || leaves;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        end.mutate({ organizationName: typed, leavesSats: preview.liveSats });
      }}
    >
      <Stack gap="md">
        <List size="sm">
          <List.Item>{counted(preview.members, 'member loses', 'members lose')} access</List.Item>
          <List.Item>{counted(preview.keys, 'API key stops', 'API keys stop')} working</List.Item>
          <List.Item>
            {counted(preview.endpoints, 'endpoint gets', 'endpoints get')} no more events
          </List.Item>
        </List>
        {preview.liveSats > 0 ? (
          <Checkbox
            checked={leaves}
            onChange={(event) => setLeaves(event.currentTarget.checked)}
            label={`${sats(preview.liveSats)} stay on the books; I will ask the operator for them.`}
          />
        ) : null}
        <TypedName name={name} value={typed} onChange={setTyped} />
        <FormFault inline error={end.error} />
        <DialogActions
          onCancel={props.onCancel}
          color="red"
          disabled={typed !== name || !mayLeave}
          loading={end.isPending || end.isSuccess}
        >
          Delete for good
        </DialogActions>
      </Stack>
    </form>
  );
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
