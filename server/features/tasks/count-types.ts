import { listTypeWages } from '@/server/features/workers';
import type { OrganizationActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { visibleSql } from './access';
import type { TypeFigures } from './schema';

const DAYS = 30;
const DAY_MS = 86_400_000;

/** Outcomes of the tasks of each type created in the last 30 days, and their hourly earnings. */
export async function countTypes(actor: OrganizationActor): Promise<TypeFigures[]> {
  const since = new Date(clock.nowMs() - DAYS * DAY_MS);
  const rows = await db.$queryRaw<Omit<TypeFigures, 'satsPerHour'>[]>`
    SELECT t.type, count(*)::int AS tasks,
           (count(*) FILTER (WHERE t.status = 'verified'))::int AS verified,
           (count(*) FILTER (WHERE t.status IN ('verified', 'failed', 'expired')))::int AS ended,
           percentile_cont(0.5) WITHIN GROUP (
             ORDER BY extract(epoch FROM t.completed_at - t.created_at)::float)
             FILTER (WHERE t.status = 'verified') AS "p50Seconds",
           sum(t.charged_sats)::float AS "chargedSats"
      FROM tasks t
     WHERE ${visibleSql(actor)} AND t.created_at > ${since}
     GROUP BY t.type`;
  const wages = await listTypeWages(actor);
  return rows.map((row) => ({
    ...row,
    satsPerHour: wages.find(({ type }) => type === row.type)?.satsPerHour ?? null,
  }));
}
