import type { RailPayment } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import { together } from '@/server/platform/together';
import type { RailRequest } from './rail';

type Entry = Pick<RailPayment, 'status' | 'reason'>;

/**
 * Records a local rail's result for an attempt. The first entry is final: a later call returns it
 * unchanged.
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
  // A no-op update returns the existing entry.
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

/** The entry of an attempt; if there is none, it is voided from now on. */
export function findOrVoidPayment(rail: string, request: RailRequest): Promise<Entry> {
  return recordPayment(rail, request, { status: 'void', reason: 'The request never arrived.' });
}
