'use client';

import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryFailure, QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { PageHeader } from '@/components/ui/page-header';
import { CallersCard } from './callers-card';
import { EndpointsCard } from './endpoints-card';
import { EngineCard } from './engine-card';
import { ClocksCard, DatabaseCard, ProcessesCard } from './instance-cards';
import { OutboxCard } from './outbox-card';
import { RunsCard } from './runs-card';
import { SweepsCard } from './sweeps-card';

const POLL_MS = 5_000;
const INSTANCE_POLL_MS = 15_000;

/** The engine, the outbox and the sweeps with what is stuck in them, and what the instance runs on. */
export function SystemPage() {
  const trpc = useTRPC();
  const system = useQuery(
    trpc.operations.system.queryOptions(undefined, { refetchInterval: POLL_MS }),
  );
  const instance = useQuery(
    trpc.operations.instance.queryOptions(undefined, { refetchInterval: INSTANCE_POLL_MS }),
  );
  return (
    <PageBody wide>
      <PageHeader
        title="System"
        about="The engine that runs background work, what waits for it, and what the instance runs on."
      />
      <Stack gap="lg">
        <QueryState query={system} height={240} radius="lg" />
        {system.data ? (
          <>
            <EngineCard system={system.data} />
            <RunsCard system={system.data} />
            <OutboxCard system={system.data} />
            <SweepsCard sweeps={system.data.sweeps} />
          </>
        ) : null}
        <QueryFailure query={instance} />
        {instance.data ? (
          <>
            <CallersCard callers={instance.data.callers} />
            <EndpointsCard endpoints={instance.data.endpoints} />
            <ProcessesCard processes={instance.data.processes} />
            <DatabaseCard database={instance.data.database} />
            <ClocksCard clocks={instance.data.clocks} />
          </>
        ) : null}
      </Stack>
    </PageBody>
  );
}
