/** What must hold of payouts and their attempts: each query finds what would disprove its sentence. */
export const PAYMENTS: Record<string, string> = {
  'a payout settles over one attempt at the most, which is the one that it names': `
    SELECT c.payout_id AS id FROM attempt_payouts c JOIN payout_attempts a ON a.id = c.attempt_id
      JOIN payouts p ON p.id = c.payout_id
     WHERE a.status = 'settled' AND (p.status <> 'paid' OR p.attempt_id <> a.id)`,
  'an open attempt carries payouts that are being sent by it, and nobody else’s': `
    SELECT a.id FROM payout_attempts a
     WHERE a.status IN ('reserved', 'sending', 'unknown') AND a.amount_sats <> (
       SELECT coalesce(sum(p.amount_sats), 0) FROM attempt_payouts c JOIN payouts p ON p.id = c.payout_id
        WHERE c.attempt_id = a.id AND p.attempt_id = a.id AND p.status = 'sending'
          AND p.worker_id = a.worker_id AND p.mode = a.mode)`,
  'what is in flight is what the open attempts carry': `
    SELECT a.id FROM accounts a WHERE a.kind = 'worker_in_flight' AND a.balance <> (
      SELECT coalesce(sum(t.amount_sats), 0) FROM payout_attempts t
       WHERE t.worker_id::text = a.owner AND t.mode = a.mode
         AND t.status IN ('reserved', 'sending', 'unknown'))`,
  'what is in flight to who paid it in is what the open refunds set aside': `
    SELECT a.id FROM accounts a WHERE a.kind = 'organization_in_flight' AND a.balance <> (
      SELECT coalesce(sum(t.reserved_sats), 0) FROM direct_payments t JOIN deposits d ON d.id = t.deposit_id
       WHERE d.organization_id::text = a.owner AND d.mode = a.mode
         AND t.status IN ('reserved', 'sending', 'unknown'))`,
  'a refund gives back what its task did not cost, and no more': `
    SELECT t.id FROM direct_payments t JOIN deposits d ON d.id = t.deposit_id
      LEFT JOIN tasks k ON k.organization_id = d.organization_id AND k.mode = d.mode AND k.idempotency_key = d.key
     WHERE t.status <> 'failed' AND t.reserved_sats + coalesce(k.charged_sats, 0) > d.received_sats`,
};
