'use client';

import { Table } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card, CardNote } from '@/components/ui/card';
import { Age } from '@/components/ui/values/now';
import { functionName } from './engine-card';
import { AgainCell, ErrorCell, FailureTable, NameCell } from './failure-table';
import type { System } from './types';

/** Runs that failed after all their tries, and a way to run each again. */
export function RunsCard({ system: { work, failedRuns } }: { system: System }) {
  const trpc = useTRPC();
  const again = useAct(trpc.operations.runAgain, {
    done: 'It runs again.',
    refresh: [trpc.operations.pathFilter()],
  });
  // An engine that does not tell of its runs has pages of its own for them.
  if (!work) return null;
  return (
    <div id="runs">
      <Card title="Failed runs" flush>
        {failedRuns.length === 0 ? (
          <CardNote>No run has failed after all its tries within the last week.</CardNote>
        ) : (
          <FailureTable columns={['Function', 'Error']} minWidth={680}>
            {failedRuns.map((run) => (
              <Table.Tr key={run.id}>
                <NameCell name={functionName(run.functionId)}>
                  {run.endedAtMs ? <Age at={new Date(run.endedAtMs)} /> : run.id}
                </NameCell>
                <ErrorCell error={run.error} />
                <AgainCell
                  label="Run again"
                  name={`Run ${functionName(run.functionId)} again`}
                  busy={again.isPending && again.variables.runId === run.id}
                  onClick={() => again.mutate({ runId: run.id })}
                />
              </Table.Tr>
            ))}
          </FailureTable>
        )}
      </Card>
    </div>
  );
}
