import { Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { Age } from '@/components/ui/now';
import { Status } from '@/components/ui/status';
import type { EndpointLine } from '@/server/features/customers/schema';
import classes from '../ops.module.css';

/** Whether an organization's webhooks arrive. */
export function EndpointsCard({ endpoints }: { endpoints: readonly EndpointLine[] }) {
  return (
    <Card title="Webhook endpoints" flush>
      {endpoints.length === 0 ? (
        <Text size="sm" c="dimmed" px={20} pb={20}>
          No endpoints in this mode.
        </Text>
      ) : null}
      {endpoints.map((endpoint) => (
        <div key={endpoint.id} className={classes.line}>
          <span className={`${classes.lineMain} ${classes.mono}`}>{endpoint.url}</span>
          <span className={classes.soft}>
            {endpoint.failingSince ? (
              <>
                only failing since <Age at={endpoint.failingSince} />
              </>
            ) : (
              triesOf(endpoint)
            )}
            {endpoint.disabledReason ? ` · ${endpoint.disabledReason}` : ''}
          </span>
          <Status value={endpoint.status} />
        </div>
      ))}
    </Card>
  );
}

function triesOf({ delivered, failed }: EndpointLine): string {
  const tries = delivered + failed;
  if (tries === 0) return 'nothing sent in 24 hours';
  return `${Math.round((delivered / tries) * 100)} % of ${tries} tries arrived in 24 hours`;
}
