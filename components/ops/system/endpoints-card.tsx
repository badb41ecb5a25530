import { Card, CardNote } from '@/components/ui/card';
import { Status } from '@/components/ui/status';
import { ScrollTable } from '@/components/ui/tables/scroll-table';
import { Age } from '@/components/ui/values/now';
import classes from './system.module.css';
import type { Instance } from './types';

/** Webhook endpoints of all organizations that were disabled lately, or only fail. */
export function EndpointsCard({ endpoints }: { endpoints: Instance['endpoints'] }) {
  return (
    <div id="webhooks">
      <Card title="Webhook endpoints in trouble" flush>
        {endpoints.length === 0 ? (
          <CardNote>
            None was disabled within a week, and none has only failed for an hour.
          </CardNote>
        ) : (
          <ScrollTable
            label="Webhook endpoints in trouble"
            columns={['Organization', 'Host', 'Mode', 'State', 'Since', 'Why']}
          >
            {endpoints.map((each) => (
              <tr key={each.id}>
                <th scope="row">{each.organization}</th>
                <td>{each.host}</td>
                <td>{each.mode === 'live' ? 'Live' : 'Test'}</td>
                <td>
                  <Status value={each.trouble} />
                </td>
                <td>
                  <Age at={each.since} />
                </td>
                <td className={classes.found}>
                  {each.reason ?? 'No delivery has succeeded since'}
                </td>
              </tr>
            ))}
          </ScrollTable>
        )}
      </Card>
    </div>
  );
}
