import type { RailPayment } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import type { RailRequest } from './rail';

type Entry = Pick<RailPayment, 'status' | 'reason'>;

/**
 * Writes what a rail that lives in this database did under an attempt's id. The first entry stands:
 * a later one under the same id changes nothing and gets the first one back.
 */
export function recordPayment(rail: string, request: RailRequest, entry: Entry): Promise<Entry> {
  const { attemptId, amountSats, destination, mode } = request;
  return record({
    ...{ attempt_id: attemptId, rail, mode, amount_sats: amountSats.toString(), destination },
    ...{ status: entry.status, reason: entry.reason, created_at: clock.now() },
  });
}

type Row = Entry & {
  attempt_id: string;
  rail: string;
  mode: RailRequest['mode'];
  amount_sats: string;
  destination: string | null;
  created_at: Date;
};

const record = together(recordAll, { keyOf: (row) => row.attempt_id });

async function recordAll(rows: readonly Row[]): Promise<Entry[]> {
  // An update that changes nothing returns the entry that was there first.
  const kept = await hotQuery<Entry & { id: string }>(Prisma.sql`
    INSERT INTO rail_payments (attempt_id, rail, mode, amount_sats, destination, status, reason,
                               created_at)
    SELECT attempt_id, rail, mode, amount_sats, destination, status, reason, created_at
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           AS r(attempt_id uuid, rail text, mode mode, amount_sats bigint, destination text,
                status rail_payment_status, reason text, created_at timestamptz)
     ORDER BY attempt_id
        ON CONFLICT (attempt_id) DO UPDATE SET attempt_id = excluded.attempt_id
    RETURNING attempt_id::text AS id, status, reason`);
  const byId = new Map(kept.map(({ id, ...entry }) => [id, entry]));
  return rows.map((row) => byId.get(row.attempt_id) ?? row);
}

/** The entry under an attempt's id; where there is none, it is void from now on. */
export function findOrVoidPayment(rail: string, request: RailRequest): Promise<Entry> {
  return recordPayment(rail, request, { status: 'void', reason: 'It never arrived.' });
}
