import type { RailPayment } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { hotQuery, Prisma } from '@/server/platform/db';
import type { RailRequest } from './rail';

type Entry = Pick<RailPayment, 'status' | 'reason'>;

/**
 * Writes what a rail that lives in this database did under an attempt's id. The first entry stands:
 * a later one under the same id changes nothing and gets the first one back.
 */
export async function recordPayment(
  rail: string,
  request: RailRequest,
  entry: Entry,
): Promise<Entry> {
  const { attemptId, amountSats, destination, mode } = request;
  // An update that changes nothing returns the entry that was there first.
  const [kept] = await hotQuery<Entry>(Prisma.sql`
    INSERT INTO rail_payments (attempt_id, rail, mode, amount_sats, destination, status, reason,
                               created_at)
    VALUES (${attemptId}::uuid, ${rail}, ${mode}::mode, ${amountSats.toString()}::bigint,
            ${destination}, ${entry.status}::rail_payment_status, ${entry.reason}, ${clock.now()})
        ON CONFLICT (attempt_id) DO UPDATE SET attempt_id = excluded.attempt_id
    RETURNING status, reason`);
  return kept ?? entry;
}

/** The entry under an attempt's id; where there is none, it is void from now on. */
export function findOrVoidPayment(rail: string, request: RailRequest): Promise<Entry> {
  return recordPayment(rail, request, { status: 'void', reason: 'It never arrived.' });
}
