import { Group, Text } from '@mantine/core';
import { Card, CardNote } from '@/components/ui/card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { Age } from '@/components/ui/values/now';
import { Figure } from './figure';
import type { Instance } from './types';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];

/** `1536000` → `1.5 MB`. */
function size(bytes: number): string {
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** power;
  return `${value.toFixed(value < 10 && power > 0 ? 1 : 0)} ${UNITS[power]}`;
}

/** The processes that serve the app now. */
export function ProcessesCard({ processes }: { processes: Instance['processes'] }) {
  const versions = new Set(processes.map(({ version }) => version));
  return (
    <Card title="Processes" flush>
      {versions.size > 1 ? (
        <Text size="sm" px={20} pb={12}>
          They run {versions.size} versions. That is well while one takes the place of another.
        </Text>
      ) : null}
      <ScrollTable
        label="Processes"
        columns={['Host', 'Process', 'Version', 'Node', 'Memory', 'Started']}
      >
        {processes.map((each) => (
          <tr key={each.id}>
            <th scope="row">{each.host}</th>
            <td>{each.pid}</td>
            <td>{each.version}</td>
            <td>{each.nodeVersion}</td>
            <td>{size(each.memoryBytes)}</td>
            <td>
              <Age at={each.startedAt} />
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Card>
  );
}

export function DatabaseCard({ database }: { database: Instance['database'] }) {
  return (
    <Card title="Database">
      <Group gap="xl">
        <Figure name="PostgreSQL" value={database.version} />
        <Figure name="Size" value={size(database.bytes)} />
        <Figure
          name="Connections"
          value={`${database.connections} of ${database.connectionsMax}`}
        />
      </Group>
    </Card>
  );
}

/** Organizations whose test mode is off the wall clock; nothing happens there until they advance it. */
export function ClocksCard({ clocks }: { clocks: Instance['clocks'] }) {
  return (
    <Card title="Test clocks that stand" flush>
      {clocks.length === 0 ? (
        <CardNote>Time passes in every organization’s test mode.</CardNote>
      ) : (
        <ScrollTable
          label="Test clocks that stand"
          columns={['Organization', 'Stands at', 'Stopped', 'Jobs due', 'Jobs waiting']}
        >
          {clocks.map((each) => (
            <tr key={each.organizationId}>
              <th scope="row">{each.organization}</th>
              <td>{each.nowAt.toISOString().slice(0, 19).replace('T', ' ')} UTC</td>
              <td>
                <Age at={each.stoppedAt} />
              </td>
              <td>{each.due}</td>
              <td>{each.waiting}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </Card>
  );
}
