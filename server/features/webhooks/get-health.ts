import type { Actor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { lowestIdAt } from '@/server/platform/ids';
import { getEndpointRow } from './queries';
import { type EndpointHealth, HealthQuery } from './schema';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The last attempt of a delivery comes at most this long after its creation, unless replayed. */
const TRIED_FOR_MS = 4 * DAY_MS;

/**
 * An endpoint's attempts by hour of the last day, or by day of the last weeks.
 * @throws NotFound if it does not exist or belongs to another organization or mode.
 */
export async function getEndpointHealth(actor: Actor, input: HealthQuery): Promise<EndpointHealth> {
  const { endpointId, range } = HealthQuery.parse(input);
  const { id } = await getEndpointRow(actor, endpointId);
  const unit = range === 'day' ? 'hour' : 'day';
  const stepMs = range === 'day' ? HOUR_MS : DAY_MS;
  const steps = { day: 24, week: 7, month: 30 }[range];
  const last = Math.floor(clock.nowMs() / stepMs) * stepMs;
  const first = last - (steps - 1) * stepMs;
  const rows = await db.$queryRaw<
    { at: Date | null; delivered: number; failed: number; p50: number | null; p95: number | null }[]
  >`
    SELECT date_trunc(${unit}, a.created_at, 'UTC') AS at,
           (count(*) FILTER (WHERE a.status_code BETWEEN 200 AND 299))::int AS delivered,
           (count(*) FILTER (WHERE a.status_code IS NULL
                                OR a.status_code NOT BETWEEN 200 AND 299))::int AS failed,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY a.duration_ms) AS p50,
           percentile_cont(0.95) WITHIN GROUP (ORDER BY a.duration_ms) AS p95
      FROM deliveries d JOIN delivery_attempts a ON a.delivery_id = d.id
     WHERE d.endpoint_id = ${id}::uuid AND d.id >= ${lowestIdAt(first - TRIED_FOR_MS)}::uuid
       AND a.created_at >= ${new Date(first)}
     GROUP BY GROUPING SETS ((1), ())`;
  const byTime = new Map(rows.map((row) => [row.at?.getTime() ?? null, row]));
  const total = byTime.get(null);
  return {
    unit,
    delivered: total?.delivered ?? 0,
    failed: total?.failed ?? 0,
    p50Ms: total?.p50 == null ? null : Math.round(total.p50),
    p95Ms: total?.p95 == null ? null : Math.round(total.p95),
    buckets: Array.from({ length: steps }, (_, n) => {
      const at = first + n * stepMs;
      const row = byTime.get(at);
      return {
        at: new Date(at).toISOString(),
        delivered: row?.delivered ?? 0,
        failed: row?.failed ?? 0,
      };
    }),
  };
}
