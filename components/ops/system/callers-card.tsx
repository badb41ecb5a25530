import { Text } from '@mantine/core';
import { Card, CardNote } from '@/components/ui/card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { duration } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import shared from '../ops.module.css';
import type { Instance } from './types';

type Caller = Instance['callers'][number];

/** Who was refused by a rate limit within the last day. */
export function CallersCard({ callers }: { callers: Caller[] }) {
  return (
    <div id="limits">
      <Card title="Rate limits" flush>
        {callers.length === 0 ? (
          <CardNote>Nobody was refused within the last day.</CardNote>
        ) : (
          <ScrollTable
            label="Refused within the last day"
            columns={['Who', 'Limit', 'Allows', 'Refused', 'Last']}
          >
            {callers.map((caller) => (
              <tr key={caller.key}>
                <th scope="row">
                  <Who caller={caller} />
                </th>
                <td>{caller.limitName}</td>
                <td>
                  {caller.limit} in {duration(caller.windowSeconds)}
                </td>
                <td>{caller.refusals.toLocaleString('en-US')}</td>
                <td>
                  <Age at={caller.lastAt} />
                </td>
              </tr>
            ))}
          </ScrollTable>
        )}
      </Card>
    </div>
  );
}

function Who({ caller: { apiKey, subject } }: { caller: Caller }) {
  if (!apiKey) return <span className={shared.mono}>{subject || 'others'}</span>;
  return (
    <>
      {apiKey.organization}
      <Text size="xs" c="dimmed" component="span" display="block">
        {apiKey.name} · <span className={shared.mono}>{apiKey.hint}</span>
      </Text>
    </>
  );
}
