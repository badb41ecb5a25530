import { Status } from '@/components/ui/status';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { OrganizationView } from '@/server/features/customers/schema';
import classes from '../ops.module.css';
import { LinesCard } from './lines-card';

/** What the organization pays in over Lightning, the newest first. */
export function DepositsCard({ organization }: { organization: OrganizationView }) {
  return (
    <LinesCard
      title="Deposits"
      lines={organization.deposits}
      keyOf={({ id }) => id}
      none="Nothing was paid in over Lightning in this mode."
      testId="deposit"
    >
      {(deposit) => (
        <>
          <span className={classes.lineMain}>
            <span style={{ fontWeight: 500 }}>{sats(deposit.amount_sats)}</span>
            {deposit.received_sats !== null && deposit.received_sats !== deposit.amount_sats ? (
              <span className="soft"> · {sats(deposit.received_sats)} came in</span>
            ) : null}
            <span className={classes.sub}>
              over {deposit.rail}
              {deposit.payment_hash ? `, payment hash ${deposit.payment_hash}` : ''}
            </span>
          </span>
          <Status value={deposit.status} />
          <span className="soft">
            <Age at={deposit.created_at} />
          </span>
        </>
      )}
    </LinesCard>
  );
}
