import { clock, standingClock } from '../clock';
import { Prisma, type Tx } from '../db';
import { newId } from '../ids';
import { togetherIn } from '../together';
import type { LiveEvent } from './outbox-row';

/** A fact to deliver. `data` holds JSON: ids and small facts, never secrets. */
export interface NewOutboxRow {
  topic: string;
  key: string;
  data: object;
  /** Earliest delivery time. */
  at?: Date;
  live?: LiveEvent;
}

/**
 * Writes facts in the same transaction as the change that made them true: both are there after the commit, or
 * neither. Call `kickOutbox()` after the commit to deliver them immediately. Facts of a test clock are
 * delivered when it is advanced.
 */
export async function enqueue(tx: Tx, rows: readonly NewOutboxRow[]): Promise<void> {
  if (rows.length > 0) await insertRows(tx, rows.map(dateOutboxRow));
}

const insertRows = togetherIn(async (tx, lists: readonly (readonly DatedOutboxRow[])[]) => {
  await tx.$executeRaw(datedOutboxInsert(lists.flat()));
  return lists.map(() => undefined);
});

/** A fact with its creation time and id, as stored. */
export interface DatedOutboxRow {
  id: string;
  topic: string;
  key: string;
  data: object;
  live: LiveEvent | null;
  created_at: Date;
  available_at: Date;
  test_clock_of: string | null;
}

/** Dates a fact by the clock and gives it a new id, for statements that insert several. */
export function dateOutboxRow({ topic, key, data, at, live }: NewOutboxRow): DatedOutboxRow {
  const now = clock.now();
  return {
    ...{ id: newId(), topic, key, data, live: live ?? null },
    ...{ created_at: now, available_at: at ?? now },
    test_clock_of: standingClock()?.organizationId ?? null,
  };
}

/**
 * The SQL behind `enqueue`, for statements that make the change and write its facts together: a common table
 * expression, with a `where` on the row `r` that ties the facts to the change.
 */
export function datedOutboxInsert(
  rows: readonly DatedOutboxRow[],
  where: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO outbox (id, topic, key, data, live, created_at, available_at, test_clock_of)
    SELECT id, topic, key, data, NULLIF(live, 'null'::jsonb), created_at, available_at, test_clock_of
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r(id uuid, topic text, key text, data jsonb, live jsonb, created_at timestamptz,
           available_at timestamptz, test_clock_of uuid)
    WHERE ${where}`;
}
