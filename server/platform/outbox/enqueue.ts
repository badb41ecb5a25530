import { clock, standingClock } from '../clock';
import { Prisma, type Tx } from '../db';
import { newId } from '../ids';
import type { LiveEvent } from './outbox-row';

/** A fact to be told. `data` holds JSON: ids and small facts, never secrets. */
export interface NewOutboxRow {
  topic: string;
  key: string;
  data: object;
  /** Not before then. */
  at?: Date;
  live?: LiveEvent;
}

/**
 * Writes facts beside the change that made them true, in the caller's transaction: both are there
 * after it commits, or neither. Call `kickOutbox()` after the commit to have them told at once. Facts
 * of a test clock are told when it is advanced.
 */
export async function enqueue(tx: Tx, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length > 0) await tx.$executeRaw(outboxInsert(rows));
}

/**
 * The statement behind `enqueue`, for statements that make the change and its facts in one go: as
 * a common table expression, with a `where` on the row `r` that ties the facts to the change.
 */
export function outboxInsert(
  rows: readonly NewOutboxRow[],
  where: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  const now = clock.now();
  const testClockOf = standingClock()?.organizationId ?? null;
  const json = JSON.stringify(
    rows.map((row) => ({
      id: newId(),
      topic: row.topic,
      key: row.key,
      data: row.data,
      live: row.live ?? null,
      available_at: row.at ?? now,
    })),
  );
  return Prisma.sql`
    INSERT INTO outbox (id, topic, key, data, live, created_at, available_at, test_clock_of)
    SELECT id, topic, key, data, NULLIF(live, 'null'::jsonb), ${now}, available_at,
           ${testClockOf}::uuid
    FROM jsonb_to_recordset(${json}::jsonb)
      AS r(id uuid, topic text, key text, data jsonb, live jsonb, available_at timestamptz)
    WHERE ${where}`;
}
