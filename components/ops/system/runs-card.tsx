'use client';

import { Button, Code, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { tell, tellFailure } from '@/components/ui/notices';
import { Age } from '@/components/ui/now';
import { functionName } from './engine-card';
import classes from './system.module.css';
import type { System } from './types';

/** Runs that failed after all their tries, and a way to run each again. */
export function RunsCard({ system: { work, failedRuns } }: { system: System }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = useMutation(
    trpc.operations.runAgain.mutationOptions({
      onSuccess: () => tell('It runs again.'),
      onError: tellFailure,
      onSettled: () => queryClient.invalidateQueries(trpc.operations.pathFilter()),
    }),
  );
  // An engine that does not tell of its runs has pages of its own for them.
  if (!work) return null;
  return (
    <div id="runs">
      <Card title="Failed runs" flush>
        {failedRuns.length === 0 ? (
          <Text size="sm" c="dimmed" px={20} pb={20}>
            No run has failed after all its tries within the last week.
          </Text>
        ) : (
          <Table.ScrollContainer minWidth={680}>
            <Table verticalSpacing="sm" horizontalSpacing={20}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Function</Table.Th>
                  <Table.Th>Error</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {failedRuns.map((run) => (
                  <Table.Tr key={run.id}>
                    <Table.Td>
                      <Text size="sm" fw={500}>
                        {functionName(run.functionId)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {run.endedAtMs ? <Age at={new Date(run.endedAtMs)} /> : run.id}
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <Code className={classes.error} tabIndex={0}>
                        {run.error}
                      </Code>
                    </Table.Td>
                    <Table.Td>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`Run ${functionName(run.functionId)} again`}
                        loading={again.isPending && again.variables.runId === run.id}
                        onClick={() => again.mutate({ runId: run.id })}
                      >
                        Run again
                      </Button>
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Card>
    </div>
  );
}
