'use client';

import { Button, Group, Table } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';
import { duration } from '@/components/ui/values/humanise';
import { Age, Countdown } from '@/components/ui/values/now';
import { AgainCell, ErrorCell, FailureTable, NameCell } from './failure-table';
import { Figure } from './figure';
import type { System } from './types';

/** What was not told on yet, and what keeps failing. */
export function OutboxCard({ system: { outbox, failing } }: { system: System }) {
  const trpc = useTRPC();
  const again = useAct(trpc.operations.sendAgain, {
    done: ({ count }) => (count === 1 ? 'Sending one again.' : `Sending ${count} again.`),
    refresh: [trpc.operations.pathFilter()],
  });
  const { due, failing: count, oldestSeconds } = outbox;
  return (
    <div id="outbox">
      <Card
        title="Outbox"
        flush
        aside={
          failing.length > 0 ? (
            <Button
              size="xs"
              variant="default"
              loading={again.isPending && again.variables.id === null}
              onClick={() => again.mutate({ id: null })}
            >
              Send all again
            </Button>
          ) : null
        }
      >
        <Group gap="xl" px={20} pb="md">
          <Figure name="Waiting" value={String(due)} />
          <Figure name="Failing" value={String(count)} />
          <Figure name="Oldest" value={oldestSeconds > 0 ? duration(oldestSeconds) : 'none'} />
        </Group>
        {failing.length === 0 ? (
          <EmptyState icon={<Icon name="check" />} title="Nothing is stuck">
            An event that keeps failing appears here with its error, and can be sent again.
          </EmptyState>
        ) : (
          <FailureTable columns={['Event', 'Attempts', 'Last error', 'Next try']} minWidth={760}>
            {failing.map((row) => (
              <Table.Tr key={row.id}>
                <NameCell name={row.topic}>
                  <Age at={row.createdAt} />
                </NameCell>
                <Table.Td className="tabular">{row.attempts}</Table.Td>
                <ErrorCell error={row.lastError} />
                <Table.Td>
                  <Countdown until={row.nextTryAt} />
                </Table.Td>
                <AgainCell
                  label="Send again"
                  name={`Send ${row.topic} ${row.key} again`}
                  busy={again.isPending && again.variables.id === row.id}
                  onClick={() => again.mutate({ id: row.id })}
                />
              </Table.Tr>
            ))}
          </FailureTable>
        )}
      </Card>
    </div>
  );
}
