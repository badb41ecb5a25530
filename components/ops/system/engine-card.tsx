import { Anchor, Group, Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { Age } from '@/components/ui/values/now';
import { Figure } from './figure';
import type { System } from './types';

/** Whether the engine runs the jobs, and what waits in it, by function. */
export function EngineCard({ system }: { system: System }) {
  const { engine, engineAddress, work } = system;
  // Crons are always scheduled; what matters is what happens now, or has failed.
  const busy = work?.functions.filter(
    (each) => each.oldestDueMs !== null || each.executing > 0 || each.failed > 0,
  );
  return (
    <div id="engine">
      <Card title="Engine" aside={<Status value={engine.state} />} flush>
        <div style={{ padding: '0 20px 20px' }}>
          <Text>{engine.message}</Text>
          <Text size="sm" c="dimmed" mt={4}>
            {engine.since ? (
              <>
                Since <Age at={engine.since} />.{' '}
              </>
            ) : null}
            {engineAddress ? (
              <>
                Its own pages are at{' '}
                <Anchor
                  href={engineAddress}
                  target="_blank"
                  rel="noreferrer"
                  size="sm"
                  underline="always"
                >
                  {engineAddress}
                </Anchor>
                {work ? ', with the event key as the password.' : '.'}
              </>
            ) : null}
          </Text>
          {work ? (
            <Group gap="xl" mt="md">
              <Figure name="Due" value={String(work.ready)} />
              <Figure name="Executing" value={String(work.executing)} />
              <Figure name="At their limit" value={String(work.waitingForCapacity)} />
              <Figure name="Scheduled" value={String(work.scheduled)} />
              <Figure name="New events" value={String(work.events)} />
            </Group>
          ) : (
            <Text size="sm" mt="md">
              This engine does not tell how much waits in it; its own pages do.
            </Text>
          )}
        </div>
        {busy && busy.length > 0 ? (
          <ScrollTable
            label="What waits, by function"
            columns={[
              'Function',
              'Due',
              'Executing',
              'At its limit',
              'Scheduled',
              'Oldest due',
              'Failed in a day',
            ]}
          >
            {busy.map((each) => (
              <tr key={each.functionId}>
                <th scope="row">{functionName(each.functionId)}</th>
                <td>{each.ready}</td>
                <td>{each.executing}</td>
                <td>{each.waitingForCapacity}</td>
                <td>{each.scheduled}</td>
                <td>{each.oldestDueMs ? <Age at={new Date(each.oldestDueMs)} /> : '–'}</td>
                <td>{each.failed}</td>
              </tr>
            ))}
          </ScrollTable>
        ) : null}
      </Card>
    </div>
  );
}

/** The engine puts the app's name before that of a function. */
export function functionName(id: string): string {
  return id.replace(/^humanrail-/, '');
}
