import type { Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma } from '@/server/platform/db';
import { timePassesSql } from '@/server/platform/test-clock';
import { DISABLED_BY_OWNER } from './update-endpoint';

const HOUR_MS = 3_600_000;
/** How long a disabled endpoint is shown. */
const NEWS_MS = 7 * 24 * HOUR_MS;
/** An endpoint that has failed for less may be restarting. */
const FAILING_MS = HOUR_MS;

/** A disabled or failing endpoint. */
export interface TroubledEndpoint {
  id: string;
  mode: Mode;
  organizationId: string;
  organization: string;
  host: string;
  trouble: 'disabled' | 'failing';
  since: Date;
  /** Why it was disabled; null if it is failing. */
  reason: string | null;
}

/** Endpoints disabled by this instance within a week, and those failing for at least an hour. */
async function troubledSql(): Promise<Prisma.Sql> {
  const nowMs = clock.nowMs();
  return Prisma.sql`
    SELECT e.id, e.mode, e.organization_id, e.url, e.disabled_reason AS reason,
           CASE WHEN e.status = 'disabled' THEN 'disabled' ELSE 'failing' END AS trouble,
           CASE WHEN e.status = 'disabled' THEN e.updated_at ELSE e.failing_since END AS since
      FROM endpoints e
     WHERE e.deleted_at IS NULL AND ${await timePassesSql('e')}
       AND ((e.status = 'disabled' AND e.updated_at >= ${new Date(nowMs - NEWS_MS)}
             AND e.disabled_reason <> ${DISABLED_BY_OWNER})
         OR (e.status = 'enabled' AND e.failing_since <= ${new Date(nowMs - FAILING_MS)}))`;
}

/** Counts by mode and trouble. */
export async function countTroubledEndpoints(): Promise<
  { mode: Mode; trouble: TroubledEndpoint['trouble']; count: number; oldest: Date }[]
> {
  return db.$queryRaw`
    SELECT t.mode::text AS mode, t.trouble, count(*)::int AS count, min(t.since) AS oldest
      FROM (${await troubledSql()}) t GROUP BY t.mode, t.trouble`;
}

/** The endpoints in trouble, latest first. */
export async function listTroubledEndpoints(max: number): Promise<TroubledEndpoint[]> {
  const rows = await db.$queryRaw<(Omit<TroubledEndpoint, 'host'> & { url: string })[]>`
    SELECT t.id::text, t.mode::text, t.organization_id::text AS "organizationId", o.name AS organization,
           t.url, t.trouble, t.since, CASE WHEN t.trouble = 'disabled' THEN t.reason END AS reason
      FROM (${await troubledSql()}) t JOIN organizations o ON o.id = t.organization_id
     ORDER BY t.since DESC, t.id LIMIT ${max}`;
  // Paths and queries of customers' addresses may contain secrets.
  return rows.map(({ url, ...row }) => ({ ...row, host: new URL(url).host }));
}
