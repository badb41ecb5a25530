import { Card, CardNote } from '@/components/ui/card';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { duration, sats } from '@/components/ui/values/humanise';
import type { OrganizationView } from '@/server/features/customers/schema';

/** How an organization's types fared in the last 30 days. */
export function TypesCard({ organization: { types } }: { organization: OrganizationView }) {
  return (
    <Card title="Task types, last 30 days" flush>
      {types.length === 0 ? (
        <CardNote>No task of this mode has ended in the last 30 days.</CardNote>
      ) : (
        <ScrollTable
          label="Task types"
          columns={['Type', 'Ended', 'Verified', 'Half within', 'Charged']}
        >
          {types.map(({ type, ended, verified, p50Seconds, chargedSats }) => (
            <tr key={type}>
              <th scope="row">{type}</th>
              <td>{ended.toLocaleString('en-US')}</td>
              <td>{Math.round((verified / ended) * 100)} %</td>
              <td>{p50Seconds === null ? '–' : duration(p50Seconds)}</td>
              <td>{sats(chargedSats)}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
    </Card>
  );
}
