import type { Database } from './database';
import { limits } from './limits';

const rows = 2_000;

/**
 * Deletes what nobody needs any more, a few thousand rows at a time: runs that ended long ago with
 * their steps, old events, dedup keys and buckets that ran out.
 */
export async function deleteExpired(db: Database, nowMs: number): Promise<void> {
  const before = nowMs - limits.retentionMs;
  const statements: [string, unknown[]][] = [
    [
      `WITH old AS (DELETE FROM run WHERE id IN
         (SELECT id FROM run WHERE ended_at < $1 ORDER BY ended_at LIMIT ${rows}) RETURNING id),
       steps AS (DELETE FROM step WHERE run_id IN (SELECT id FROM old))
       SELECT count(*) FROM old`,
      [before],
    ],
    [
      `DELETE FROM event WHERE id IN (SELECT id FROM event WHERE received_at < $1
         AND NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = event.id)
         ORDER BY received_at LIMIT ${rows})`,
      [before],
    ],
    [
      `DELETE FROM dedup WHERE key IN (SELECT key FROM dedup WHERE expires_at < $1 LIMIT ${rows})`,
      [nowMs],
    ],
    [
      `DELETE FROM bucket WHERE key IN (SELECT key FROM bucket WHERE tat < $1 LIMIT ${rows})`,
      [nowMs],
    ],
    [
      `DELETE FROM pause WHERE id IN (SELECT id FROM pause WHERE expires_at < $1 LIMIT ${rows})`,
      [before],
    ],
  ];
  for (const [sql, values] of statements) await db.query(sql, values);
}
