import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { TeamMember } from '@/server/features/organizations/schema';
import classes from '../ops.module.css';
import { LinesCard } from './lines-card';

/** Who acts for an organization. */
export function MembersCard({ members }: { members: readonly TeamMember[] }) {
  return (
    <LinesCard
      title="Members"
      lines={members}
      keyOf={({ userId }) => userId}
      none="Nobody acts for it any more."
    >
      {({ name, email, role, joinedAt }) => (
        <>
          <span className={classes.lineMain}>
            <span style={{ fontWeight: 500 }}>{name}</span>
            <span className={classes.sub}>{email}</span>
          </span>
          <span>{humanise(role)}</span>
          <span className="soft">
            joined <Age at={joinedAt} />
          </span>
        </>
      )}
    </LinesCard>
  );
}
