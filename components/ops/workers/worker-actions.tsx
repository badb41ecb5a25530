'use client';

import { Button, Group, Modal, NativeSelect, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { humanise } from '@/components/ui/humanise';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import { useWorkerChange } from './use-worker-change';

const TIERS = ['low', 'medium', 'high', 'critical'] as const;

/** What an operator can do with a worker: let in, turn away, pause, and set the tier. */
export function WorkerActions({ worker }: { worker: WorkerLine }) {
  return (
    <Group gap="sm" align="flex-end">
      {worker.vetting === 'approved' ? (
        <Pause worker={worker} />
      ) : (
        <Decide worker={worker} approved />
      )}
      {worker.vetting === 'approved' && !worker.vetted ? <Decide worker={worker} approved /> : null}
      {worker.vetting === 'rejected' ? null : <Decide worker={worker} approved={false} />}
      <Tier worker={worker} />
    </Group>
  );
}

function Decide({ worker, approved }: { worker: WorkerLine; approved: boolean }) {
  const trpc = useTRPC();
  const [opened, { open, close }] = useDisclosure(false);
  const [reason, setReason] = useState('');
  const change = useWorkerChange(
    approved ? `${worker.name} is let in.` : `${worker.name} is turned away.`,
  );
  const decide = useMutation(
    trpc.workers.decideVetting.mutationOptions({
      ...change,
      onError: () => undefined,
      onSuccess: () => {
        change.onSuccess();
        close();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decide.mutate({ workerId: worker.id, approved, reason });
  };
  const verb = approved ? 'Approve' : 'Reject';
  return (
    <>
      <Button
        variant={approved ? 'filled' : 'default'}
        aria-label={`${verb} ${worker.name}`}
        onClick={open}
      >
        {verb}…
      </Button>
      <Modal opened={opened} onClose={close} title={`${verb} ${worker.name}?`}>
        <form noValidate onSubmit={submit}>
          <Textarea
            label={approved ? 'A word to the worker (optional)' : 'Why'}
            description="It stands in the e-mail to the worker and in the audit log."
            autosize
            minRows={3}
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={decide.isError ? failureOf(decide.error).message : null}
          />
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" color={approved ? undefined : 'red'} loading={decide.isPending}>
              {verb}
            </Button>
          </Group>
        </form>
      </Modal>
    </>
  );
}

function Pause({ worker }: { worker: WorkerLine }) {
  const trpc = useTRPC();
  const paused = worker.status === 'active';
  const change = useWorkerChange(
    paused ? `${worker.name} gets no more tasks.` : `${worker.name} may work again.`,
  );
  const pause = useMutation(trpc.workers.pause.mutationOptions(change));
  const verb = paused ? 'Pause' : 'Resume';
  return (
    <Button
      variant="default"
      aria-label={`${verb} ${worker.name}`}
      loading={pause.isPending}
      onClick={() => pause.mutate({ workerId: worker.id, paused, reason: '' })}
    >
      {verb}
    </Button>
  );
}

function Tier({ worker }: { worker: WorkerLine }) {
  const trpc = useTRPC();
  const tier = useMutation(
    trpc.workers.changeTier.mutationOptions(
      useWorkerChange(`The tier of ${worker.name} is changed.`),
    ),
  );
  return (
    <NativeSelect
      label="Tier"
      description="The highest risk of the tasks that come. By rule, checked answers move it, type by type."
      value={worker.tierAuto ? 'auto' : worker.tier}
      disabled={tier.isPending}
      onChange={(event) =>
        tier.mutate({
          workerId: worker.id,
          tier: event.currentTarget.value as WorkerLine['tier'] | 'auto',
        })
      }
      data={[
        { value: 'auto', label: `By rule, from ${humanise(worker.tier).toLowerCase()}` },
        ...TIERS.map((value) => ({ value, label: humanise(value) })),
      ]}
    />
  );
}
