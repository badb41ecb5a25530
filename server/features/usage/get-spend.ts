import { assertActsForOrganization } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { lowestIdAt } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { type Spend, SpendQuery } from './schema';

const DAY_MS = 86_400_000;
/** IDs are generated just before the row's timestamp, possibly on another machine's clock. */
const ID_SLACK_MS = 60_000;
const TYPES_SHOWN = 20;

interface Row {
  day: string;
  type: string;
  tasks: number;
  charged: bigint;
  held: bigint;
}

/**
 * The organization's spending in its mode by task creation day (UTC) and type. Holds of open tasks
 * are listed separately. Golds count with their sats but not as tasks.
 * @throws NotFound if the actor has no organization.
 */
export async function getSpend(actor: Actor, input: SpendQuery): Promise<Spend> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'usage');
  const { days } = SpendQuery.parse(input);
  const today = Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
  const startsAt = today - (days - 1) * DAY_MS;
  const rows = await db.$queryRaw<Row[]>`
    SELECT to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, t.type,
           (count(*) FILTER (WHERE t.reserved_for IS NULL))::int AS tasks,
           coalesce(sum(t.charged_sats), 0)::bigint AS charged,
           coalesce(sum(t.held_sats) FILTER (WHERE t.completed_at IS NULL), 0)::bigint AS held
      FROM tasks t
     WHERE t.organization_id = ${organizationId}::uuid AND t.mode = ${mode}::mode
       AND t.id >= ${lowestIdAt(startsAt - ID_SLACK_MS)}::uuid
       AND t.created_at >= ${new Date(startsAt)}
     GROUP BY 1, 2`;
  const dates = Array.from({ length: days }, (_, n) => dateOf(startsAt + n * DAY_MS));
  const byType = [...new Set(rows.map(({ type }) => type))].map((type) => ({
    type,
    ...summed(rows.filter((row) => row.type === type)),
  }));
  byType.sort((a, b) => b.spentSats - a.spentSats || b.heldSats - a.heldSats);
  const last = summed(rows.filter(({ day }) => day === dateOf(today)));
  return {
    mode,
    total: summed(rows),
    todaySats: last.spentSats + last.heldSats,
    days: dates.map((day) => ({ day, ...summed(rows.filter((row) => row.day === day)) })),
    types: byType.slice(0, TYPES_SHOWN),
    typesLeftOut: Math.max(0, byType.length - TYPES_SHOWN),
  };
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function summed(rows: readonly Row[]) {
  return {
    tasks: rows.reduce((sum, row) => sum + row.tasks, 0),
    spentSats: satsToNumber(rows.reduce((sum, row) => sum + row.charged, 0n)),
    heldSats: satsToNumber(rows.reduce((sum, row) => sum + row.held, 0n)),
  };
}
