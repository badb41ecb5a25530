import { clock } from '../clock';
import { db, Prisma, pool, type Tx } from '../db';
import { LIVE_CHANNEL, type LiveEvent, type OutboxRow } from './outbox-row';

/** Rows claimed at a time. */
export const CLAIM_ROWS_MAX = 200;
/** Same for rows that failed before; few, since each may have to be tried alone. */
export const RETRY_ROWS_MAX = 40;
/** A relay's lease on a row; after a crash the row is free again when it ends. */
const LEASE_MS = 30_000;
const BACKOFF_MS_BASE = 1_000;
const BACKOFF_MS_MAX = 60 * 60_000;
/** A Postgres notification must be shorter than 8,000 bytes. */
const NOTICE_BYTES_MAX = 7_500;

/**
 * Leases due rows to this relay, in the order they were written. Rows that failed before come in separate
 * batches, so new rows never wait behind them.
 *
 * The same statement broadcasts the new rows' live events, delivered once the caller commits.
 */
export async function claimRows(
  tx: Pick<Tx, '$queryRaw'>,
  kind: 'new' | 'failed',
): Promise<OutboxRow[]> {
  const now = clock.now();
  const until = new Date(now.getTime() + LEASE_MS);
  const [attempts, limit] =
    kind === 'new'
      ? [Prisma.sql`attempts = 0`, CLAIM_ROWS_MAX]
      : [Prisma.sql`attempts > 0`, RETRY_ROWS_MAX];
  return tx.$queryRaw<OutboxRow[]>`
    WITH claimed AS (
      UPDATE outbox SET claimed_until = ${until}
      WHERE id = ANY (ARRAY(
        SELECT id FROM outbox
        WHERE available_at <= ${now} AND (claimed_until IS NULL OR claimed_until <= ${now})
          AND test_clock_of IS NULL AND ${attempts}
        ORDER BY available_at, id
        LIMIT ${limit}
        FOR UPDATE SKIP LOCKED))
      RETURNING *
    ), heard AS (
      SELECT id, live::text AS live,
             sum(octet_length(live::text) + 1) OVER (ORDER BY id) / ${NOTICE_BYTES_MAX / 2}::int AS n
        FROM claimed WHERE attempts = 0 AND octet_length(live::text) < ${NOTICE_BYTES_MAX / 2}::int
    ), told AS (
      SELECT pg_notify(${LIVE_CHANNEL}, '[' || string_agg(live, ',' ORDER BY id) || ']')
        FROM heard GROUP BY n
    )
    SELECT id::text AS id, topic, key, data, live, attempts, created_at AS "createdAt"
      FROM claimed WHERE (SELECT count(*) FROM told) >= 0
     ORDER BY claimed.id`;
}

/** SQL for when the first unleased row is due; `now` is its parameter for the time. */
export function nextRowSql(now: string): string {
  return `SELECT available_at FROM outbox
    WHERE (claimed_until IS NULL OR claimed_until <= ${now}) AND test_clock_of IS NULL
    ORDER BY available_at LIMIT 1`;
}

/** Milliseconds until the first unleased row is due; null if there is none. */
export async function nextRowDueMs(): Promise<number | null> {
  const now = clock.now();
  const { rows } = await pool().query<{ available_at: Date }>(nextRowSql('$1'), [now]);
  return rows[0] ? rows[0].available_at.getTime() - now.getTime() : null;
}

/** The oldest undelivered facts of an organization's test clock, in the order they were written. */
export async function readStandingRows(
  tx: Tx,
  organizationId: string,
  limit: number,
): Promise<OutboxRow[]> {
  return tx.$queryRaw<OutboxRow[]>`
    SELECT id::text AS id, topic, key, data, live, attempts, created_at AS "createdAt"
      FROM outbox WHERE test_clock_of = ${organizationId}::uuid
     ORDER BY id LIMIT ${limit}`;
}

/**
 * Postpones a row with backoff: a second at first, an hour at most. It is never dropped.
 * @returns milliseconds until it is due.
 */
export async function postponeRow(row: OutboxRow, error: unknown): Promise<number> {
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 2_000);
  const delayMs = Math.min(BACKOFF_MS_BASE * 2 ** Math.min(row.attempts, 20), BACKOFF_MS_MAX);
  const ownDelayMs = Math.round(delayMs * (0.75 + Math.random() / 4));
  const at = new Date(clock.nowMs() + ownDelayMs);
  await db.$executeRaw`
    UPDATE outbox
    SET attempts = attempts + 1, last_error = ${message}, available_at = ${at}, claimed_until = NULL
    WHERE id = ${row.id}::uuid`;
  return ownDelayMs;
}

/** Deletes delivered rows. */
export async function deleteRows(
  tx: Pick<Tx, '$executeRaw'>,
  rows: readonly OutboxRow[],
): Promise<void> {
  const ids = rows.map((row) => row.id);
  await tx.$executeRaw`DELETE FROM outbox WHERE id = ANY (${ids}::uuid[])`;
}

/** Releases rows without counting a failure. */
export async function releaseRows(rows: readonly OutboxRow[]): Promise<void> {
  const ids = rows.map((row) => row.id);
  await db.$executeRaw`UPDATE outbox SET claimed_until = NULL WHERE id = ANY (${ids}::uuid[])`;
}

/** Splits events into JSON lists that each fit a notification. */
export function noticesOf(events: readonly LiveEvent[]): string[] {
  const notices: string[] = [];
  let items: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const item = JSON.stringify(event);
    const size = Buffer.byteLength(item) + 1;
    if (bytes + size > NOTICE_BYTES_MAX && items.length > 0) {
      notices.push(`[${items.join(',')}]`);
      items = [];
      bytes = 0;
    }
    items.push(item);
    bytes += size;
  }
  if (items.length > 0) notices.push(`[${items.join(',')}]`);
  return notices;
}

/** Broadcasts to every listening process. */
export async function broadcast(events: readonly LiveEvent[]): Promise<void> {
  const notices = noticesOf(events);
  if (notices.length === 0) return;
  await db.$executeRaw`
    SELECT pg_notify(${LIVE_CHANNEL}, notice) FROM unnest(${notices}::text[]) AS notice`;
}
