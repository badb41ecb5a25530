'use client';

import { Button, Code, Group, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { duration } from '@/components/ui/humanise';
import { Icon } from '@/components/ui/icons';
import { Age, Countdown } from '@/components/ui/now';
import { Figure } from './figure';
import classes from './system.module.css';
import type { System } from './types';

/** What was not told on yet, and what keeps failing. */
export function OutboxCard({ system: { outbox, failing } }: { system: System }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = useMutation(
    trpc.operations.sendAgain.mutationOptions({
      onSuccess: ({ count }) => {
        notifications.show({
          message: count === 1 ? 'Sending one again.' : `Sending ${count} again.`,
        });
        return queryClient.invalidateQueries(trpc.operations.pathFilter());
      },
      onError: (error) => {
        notifications.show({ color: 'red', message: failureOf(error).message });
      },
    }),
  );
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
          <Table.ScrollContainer minWidth={760}>
            <Table verticalSpacing="sm" horizontalSpacing={20}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Event</Table.Th>
                  <Table.Th>Attempts</Table.Th>
                  <Table.Th>Last error</Table.Th>
                  <Table.Th>Next try</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {failing.map((row) => (
                  <Table.Tr key={row.id}>
                    <Table.Td>
                      <Text size="sm" fw={500}>
                        {row.topic}
                      </Text>
                      <Text size="xs" c="dimmed">
                        <Age at={row.createdAt} />
                      </Text>
                    </Table.Td>
                    <Table.Td className="tabular">{row.attempts}</Table.Td>
                    <Table.Td>
                      <Code className={classes.error} tabIndex={0}>
                        {row.lastError}
                      </Code>
                    </Table.Td>
                    <Table.Td>
                      <Countdown until={row.nextTryAt} />
                    </Table.Td>
                    <Table.Td>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`Send ${row.topic} ${row.key} again`}
                        loading={again.isPending && again.variables.id === row.id}
                        onClick={() => again.mutate({ id: row.id })}
                      >
                        Send again
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
