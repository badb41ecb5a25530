import { Status } from '@/components/ui/status';
import { Age } from '@/components/ui/values/now';
import type { EndpointLine } from '@/server/features/customers/schema';
import classes from '../ops.module.css';
import { LinesCard } from './lines-card';

/** Whether an organization's webhooks arrive. */
export function EndpointsCard({ endpoints }: { endpoints: readonly EndpointLine[] }) {
  return (
    <LinesCard
      title="Webhook endpoints"
      lines={endpoints}
      keyOf={({ id }) => id}
      none="No endpoints in this mode."
    >
      {(endpoint) => (
        <>
          <span className={`${classes.lineMain} ${classes.mono}`}>{endpoint.url}</span>
          <span className="soft">
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
        </>
      )}
    </LinesCard>
  );
}

function triesOf({ delivered, failed }: EndpointLine): string {
  const tries = delivered + failed;
  if (tries === 0) return 'nothing sent in 24 hours';
  return `${Math.round((delivered / tries) * 100)} % of ${tries} tries arrived in 24 hours`;
}
