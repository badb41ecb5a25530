import { wallClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';

/** Workers whose latest answer is older are not representative. */
const WINDOW_DAYS = 90;
/** Answers may commit some time after their timestamp. */
const OVERLAP_MINUTES = 5;

/**
 * Recomputes the pace of each kind of task answered since the last run: medians over all workers'
 * latest accepted answers, at most twenty each, so that no worker dominates.
 * @returns the number of kinds measured.
 */
export async function measurePaces(): Promise<number> {
  const now = wallClock.now();
  return db.$executeRaw`
    WITH answered AS (
      SELECT DISTINCT r.organization_id, w.mode, r.type
        FROM worker_type_records r JOIN workers w ON w.id = r.worker_id
       WHERE r.counted_at > COALESCE((SELECT max(measured_at) FROM type_paces), '-infinity')
                            - make_interval(mins => ${OVERLAP_MINUTES}::int)
    ), records AS (
      SELECT a.organization_id, a.mode, a.type, r.worker_id, r.accepted, r.rejected,
             r.recent_seconds, r.recent_sats
        FROM answered a
        JOIN worker_type_records r ON r.organization_id = a.organization_id AND r.type = a.type
        JOIN workers w ON w.id = r.worker_id AND w.mode = a.mode
       WHERE r.counted_at > ${now}::timestamptz - make_interval(days => ${WINDOW_DAYS}::int)
    ), shares AS (
      SELECT organization_id, mode, type,
             sum(accepted)::float8 / GREATEST(1, sum(accepted + rejected)) AS share
        FROM records GROUP BY 1, 2, 3
    )
    INSERT INTO type_paces (organization_id, mode, type, seconds, sats_per_hour, answers, workers,
                            accepted_share, measured_at)
    SELECT organization_id, mode, type,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY t.sats * 3600 / t.seconds),
           count(*), count(DISTINCT r.worker_id), max(s.share), ${now}
      FROM records r
      JOIN shares s USING (organization_id, mode, type)
     CROSS JOIN LATERAL unnest(r.recent_seconds, r.recent_sats) AS t(seconds, sats)
     GROUP BY 1, 2, 3
        ON CONFLICT (organization_id, mode, type) DO UPDATE
       SET seconds = excluded.seconds, sats_per_hour = excluded.sats_per_hour,
           answers = excluded.answers, workers = excluded.workers,
           accepted_share = excluded.accepted_share, measured_at = excluded.measured_at`;
}
