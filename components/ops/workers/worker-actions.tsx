'use client';

import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { humanise } from '@/components/ui/values/humanise';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import { useWorkerChange } from './use-worker-change';
import { VettingDialog } from './vetting-dialog';

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
  const [opened, { open, close }] = useDisclosure(false);
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
      <VettingDialog workers={[worker]} approved={approved} opened={opened} onClose={close} />
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
    <ReasonButton
      label={`${verb}…`}
      ariaLabel={`${verb} ${worker.name}`}
      question={`${verb} ${worker.name}?`}
      verb={verb}
      size="sm"
      readBy="It stands in the audit log."
      busy={pause.isPending}
      onConfirm={(reason) => pause.mutateAsync({ workerId: worker.id, paused, reason })}
    >
      <Text size="sm">
        {paused
          ? 'No more tasks come, of any organization. What is in hand is finished.'
          : 'Tasks come again at once.'}
      </Text>
    </ReasonButton>
  );
}

function Tier({ worker }: { worker: WorkerLine }) {
  const trpc = useTRPC();
  const tier = useAct(trpc.workers.changeTier, {
    done: `The tier of ${worker.name} is changed.`,
    refresh: [trpc.onboarding.pathFilter()],
  });
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
