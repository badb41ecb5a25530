'use client';

import { Group, List, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { QueryState } from '@/components/ui/failures/query-state';
import { Status } from '@/components/ui/status';
import type { PoolFacts } from '@/server/features/people/schema';

/** Whether strangers answer as well, and what switching that would mean now. */
export function PublicPool({ manages }: { manages: boolean }) {
  const trpc = useTRPC();
  const pool = useQuery(trpc.people.pool.queryOptions());
  const change = useAct(trpc.people.setPublicPool, {
    done: ({ publicPool }) =>
      publicPool
        ? 'New live tasks reach the public pool as well.'
        : 'New live tasks stay with your own people.',
    refresh: [trpc.people.pathFilter()],
  });
  if (!pool.data || pool.isError) return <QueryState query={pool} height={96} radius="lg" />;
  const { publicPool } = pool.data;
  return (
    <Card title="Public pool" aside={<Status value={publicPool ? 'on' : 'off'} />}>
      <Group justify="space-between" align="flex-start" gap="md">
        <Text size="sm" maw={640}>
          {publicPool
            ? 'Your live tasks go to your own people and to workers of the public pool, whose names you never see. Those have confirmed their address and hold the skills a task asks for.'
            : 'Your live tasks go to your own people alone. Where nobody of them could take one, it is refused when it is created.'}
        </Text>
        {manages ? (
          <ConfirmButton
            label={publicPool ? 'Turn off' : 'Turn on'}
            ariaLabel={`Turn the public pool ${publicPool ? 'off' : 'on'}`}
            question={
              publicPool
                ? 'Keep live tasks with your own people?'
                : 'Open live tasks to the public?'
            }
            verb={publicPool ? 'Turn off' : 'Turn on'}
            color={publicPool ? undefined : 'rail'}
            busy={change.isPending}
            onConfirm={() => change.mutateAsync({ publicPool: !publicPool })}
          >
            {publicPool ? <WithoutPublicPool pool={pool.data} /> : <WithPublicPool />}
          </ConfirmButton>
        ) : null}
      </Group>
      {publicPool ? <VettedOnly checked={pool.data.vettedWorkersOnly} manages={manages} /> : null}
    </Card>
  );
}

function VettedOnly({ checked, manages }: { checked: boolean; manages: boolean }) {
  const trpc = useTRPC();
  const change = useAct(trpc.people.setVettedWorkersOnly, {
    done: ({ vettedWorkersOnly }) =>
      vettedWorkersOnly
        ? 'Only vetted workers of the public pool see your tasks.'
        : 'All workers of the public pool who have the skills see your tasks.',
    refresh: [trpc.people.pathFilter()],
  });
  return (
    <Stack mt="md" gap={4}>
      <Switch
        label="Vetted workers only"
        description="Workers of the public pool see your tasks only after an operator has approved them."
        checked={change.isPending ? change.variables.vettedWorkersOnly : checked}
        disabled={!manages || change.isPending}
        onChange={(event) => change.mutate({ vettedWorkersOnly: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function WithoutPublicPool({ pool }: { pool: PoolFacts }) {
  const { active, online, uncovered } = pool;
  return (
    <List size="sm" spacing={6}>
      <List.Item>
        {active === 0
          ? 'You have nobody of your own yet: every new live task would be refused.'
          : `New live tasks reach your ${active} ${active === 1 ? 'person' : 'people'} only; ${online} ${online === 1 ? 'is' : 'are'} online now.`}
      </List.Item>
      {active > 0 && uncovered.length > 0 ? (
        <List.Item>
          Nobody of them could take {uncovered.map(({ title }) => title).join(', ')}: such tasks
          would be refused.
        </List.Item>
      ) : null}
      <List.Item>
        Tasks that are there already stay open to everybody. Test mode is as it was.
      </List.Item>
    </List>
  );
}

function WithPublicPool() {
  return (
    <List size="sm" spacing={6}>
      <List.Item>
        New live tasks, with their payloads, are shown to workers outside your organization who have
        confirmed their address and hold the skills a task asks for.
      </List.Item>
      <List.Item>Tasks that are there already stay with your own people.</List.Item>
    </List>
  );
}
