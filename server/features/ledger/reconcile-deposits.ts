import type { Tx } from '@/server/platform/db';

/** A deposit whose settled and posted amounts differ; null if one is missing. */
export interface WrongDeposit {
  reference: string;
  depositSats: bigint | null;
  postedSats: bigint | null;
}

/**
 * Mismatches between settled deposits and their postings: every settled deposit must have its
 * posting, and every posting from a rail's float its deposit. Sats received in other ways, such as
 * play sats, have no deposit.
 */
export function wrongDeposits(tx: Tx): Promise<WrongDeposit[]> {
  return tx.$queryRaw<WrongDeposit[]>`
    WITH settled AS (
      SELECT 'deposit:' || coalesce(payment_hash, id::text) AS reference, rail, mode,
             organization_id::text AS organization, received_sats AS sats
        FROM deposits WHERE status = 'settled'
    ), posted AS (
      SELECT p.reference, p.mode, own.owner AS organization, rail.owner AS rail, e.amount AS sats
        FROM postings p
        JOIN entries e ON e.posting_id = p.id
        JOIN accounts own ON own.id = e.account_id AND own.kind = 'organization_available'
        JOIN entries f ON f.posting_id = p.id
        JOIN accounts rail ON rail.id = f.account_id AND rail.kind = 'rail_float'
       WHERE p.kind = 'deposit'
    )
    SELECT coalesce(settled.reference, posted.reference) AS reference,
           settled.sats AS "depositSats", posted.sats AS "postedSats"
      FROM settled FULL JOIN posted USING (reference, mode, organization, rail)
     WHERE settled.sats IS DISTINCT FROM posted.sats
       AND (settled.sats IS NOT NULL OR posted.rail NOT IN ('sandbox', 'internal'))`;
}
