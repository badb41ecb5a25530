import { Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { humanise } from '@/components/ui/humanise';
import { Age } from '@/components/ui/now';
import type { TeamMember } from '@/server/features/organizations/schema';
import classes from '../ops.module.css';

/** Who acts for an organization. */
export function MembersCard({ members }: { members: readonly TeamMember[] }) {
  return (
    <Card title="Members" flush>
      {members.length === 0 ? (
        <Text size="sm" c="dimmed" px={20} pb={20}>
          Nobody acts for it any more.
        </Text>
      ) : null}
      {members.map(({ userId, name, email, role, joinedAt }) => (
        <div key={userId} className={classes.line}>
          <span className={classes.lineMain}>
            <span style={{ fontWeight: 500 }}>{name}</span>
            <span className={classes.sub}>{email}</span>
          </span>
          <span>{humanise(role)}</span>
          <span className={classes.soft}>
            joined <Age at={joinedAt} />
          </span>
        </div>
      ))}
    </Card>
  );
}
