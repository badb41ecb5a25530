import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { lowestIdAt } from '@/server/platform/ids';

const DAY_MS = 86_400_000;
/** IDs are generated just before the row's timestamp, possibly on another machine's clock. */
const ID_SLACK_MS = 60_000;

/**
 * How many payouts have reached workers, for tasks created between two UTC days (inclusive): the
 * payouts that `paid_sats` of usage sums.
 * @throws NotFound if the actor has no organization.
 */
export async function countPaid(
  actor: Actor,
  { startDate, endDate }: { startDate: string; endDate: string },
): Promise<number> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'usage');
  const startsAt = new Date(startDate);
  const endsBefore = new Date(Date.parse(endDate) + DAY_MS);
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
      FROM tasks t JOIN payouts p ON p.task_id = t.id AND p.status = 'paid'
     WHERE t.organization_id = ${organizationId}::uuid AND t.mode = ${mode}::mode
       AND t.status = 'verified'
       AND t.id >= ${lowestIdAt(startsAt.getTime() - ID_SLACK_MS)}::uuid
       AND t.id < ${lowestIdAt(endsBefore.getTime() + ID_SLACK_MS)}::uuid
       AND t.created_at >= ${startsAt} AND t.created_at < ${endsBefore}`;
  return row?.count ?? 0;
}
