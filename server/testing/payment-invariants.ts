/** Invariants of payouts and their attempts: each query finds counterexamples to its sentence. */
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
  'what is payable is what payouts come to that are owed and not on their way': `
    SELECT a.id FROM accounts a WHERE a.kind = 'worker_payable' AND a.balance <> (
      SELECT coalesce(sum(p.amount_sats), 0) FROM payouts p
       WHERE p.worker_id::text = a.owner AND p.mode = a.mode AND p.status IN ('held', 'pending', 'failed'))`,
  'payouts of adjustments come to what operators gave a worker, less what they took': `
    SELECT coalesce(g.owner, p.owner) AS id FROM (
      SELECT owner, mode, sum(amount_sats) AS sats FROM ledger_adjustments
       WHERE account_kind = 'worker_payable' GROUP BY 1, 2) g
      FULL JOIN (
      SELECT worker_id::text AS owner, mode, sum(amount_sats) AS sats FROM payouts
       WHERE adjustment_id IS NOT NULL AND status <> 'cancelled' GROUP BY 1, 2) p USING (owner, mode)
     WHERE coalesce(g.sats, 0) <> coalesce(p.sats, 0)`,
  'a payout of an adjustment is of its worker, and is no more than was given': `
    SELECT p.id FROM payouts p JOIN ledger_adjustments g ON g.id = p.adjustment_id
     WHERE g.account_kind <> 'worker_payable' OR g.owner <> p.worker_id::text OR g.mode <> p.mode
        OR p.amount_sats > g.amount_sats`,
};
