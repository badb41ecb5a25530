import { reconcile } from '@/server/features/ledger';
import { db } from '@/server/platform/db';
import { PAYMENTS } from './payment-invariants';

/**
 * Invariants of the whole database between transactions. Returns the violated ones as sentences, so
 * that a test can expect none.
 */
export function brokenInvariants(): Promise<string[]> {
  return brokenOf(COUNTEREXAMPLES);
}

/** Same, for payments only: for payouts that were created without a task's lifecycle. */
export function brokenPayments(): Promise<string[]> {
  return brokenOf(PAYMENTS);
}

async function brokenOf(counterexamples: Record<string, string>): Promise<string[]> {
  const broken: string[] = [];
  for (const [sentence, query] of Object.entries(counterexamples)) {
    const rows = await db.$queryRawUnsafe<{ id: string }[]>(query);
    if (rows.length > 0)
      broken.push(`${sentence}: not so for ${rows.map((row) => row.id).join(', ')}`);
  }
  const ledger = await reconcile();
  if (!ledger.ok) broken.push(`the ledger adds up: ${JSON.stringify(ledger, bigintText)}`);
  return broken;
}

const bigintText = (_key: string, value: unknown) =>
  typeof value === 'bigint' ? String(value) : value;

const ENDED = `('verified', 'failed', 'cancelled', 'expired')`;
const WON = `o.status = 'upheld'`;
const OPEN_ASSIGNMENT = `('offered', 'active')`;

/** Each query finds counterexamples to its sentence. */
const COUNTEREXAMPLES: Record<string, string> = {
  'a task’s events are numbered without a gap, and the task counts them': `
    SELECT t.id FROM tasks t JOIN task_events e ON e.task_id = t.id GROUP BY t.id
    HAVING count(*) <> t.sequence OR max(e.sequence) <> t.sequence OR min(e.sequence) <> 1`,
  'a task that has ended has exactly one event that says so': `
    SELECT t.id FROM tasks t LEFT JOIN task_events e ON e.task_id = t.id
       AND e.type IN ('task.verified', 'task.failed', 'task.cancelled', 'task.expired')
     GROUP BY t.id HAVING count(e.id) <> CASE WHEN t.status IN ${ENDED} THEN 1 ELSE 0 END`,
  'what became of a task is written when it has ended, and not before; of what is sown never': `
    SELECT t.id FROM tasks t LEFT JOIN task_outcomes o ON o.task_id = t.id
     WHERE (o.task_id IS NOT NULL) <> (t.status IN ${ENDED} AND t.reserved_for IS NULL) OR o.status <> t.status
        OR o.charged_sats <> t.charged_sats`,
  'nothing but completion, reviews, corrections and appeals follow the end': `
    SELECT late.id FROM task_events ended JOIN task_events late
        ON late.task_id = ended.task_id AND late.sequence > ended.sequence
     WHERE ended.type IN ('task.verified', 'task.failed', 'task.cancelled', 'task.expired')
       AND late.type NOT IN ('task.completed', 'review.decided', 'task.corrected', 'appeal.opened',
         'appeal.upheld', 'appeal.dismissed')`,
  'a task’s last status event is its status': `
    SELECT t.id FROM tasks t JOIN LATERAL (
      SELECT e.snapshot->>'status' AS status FROM task_events e
       WHERE e.task_id = t.id ORDER BY e.sequence DESC LIMIT 1) last ON true
     WHERE last.status <> t.status::text`,
  'what is sown is nobody’s but its worker’s': `
    SELECT a.id FROM assignments a JOIN tasks t ON t.id = a.task_id
     WHERE t.reserved_for <> a.worker_id`,
  'nobody is at work on a task that has ended': `
    SELECT a.id FROM assignments a JOIN tasks t ON t.id = a.task_id
     WHERE t.status IN ${ENDED} AND a.status IN ${OPEN_ASSIGNMENT}`,
  'an assigned task has somebody at work, and a posted one nobody': `
    SELECT t.id FROM tasks t
     WHERE t.status IN ('posted', 'assigned') AND (t.status = 'assigned') <> EXISTS (
       SELECT FROM assignments a WHERE a.task_id = t.id AND a.status IN ${OPEN_ASSIGNMENT})`,
  'open seats are votes wanted, less answers in hand and workers seated': `
    SELECT t.id FROM tasks t
     WHERE t.status IN ('posted', 'assigned') AND t.open_seats <> greatest(0, t.votes_wanted
       - (SELECT count(*) FROM answers a WHERE a.task_id = t.id AND a.status IN ('pending', 'accepted'))
       - (SELECT count(*) FROM assignments s
           WHERE s.task_id = t.id AND s.status IN ${OPEN_ASSIGNMENT} AND NOT s.backup))`,
  'votes never exceed what was held for': `
    SELECT t.id FROM tasks t WHERE t.max_votes < (
      SELECT count(*) FROM payouts p WHERE p.task_id = t.id
         AND NOT EXISTS (SELECT FROM appeals o WHERE ${WON} AND o.answer_id = p.answer_id))`,
  'a verified task owes one payout for each accepted answer, of its payout': `
    SELECT t.id FROM tasks t
     WHERE t.status = 'verified' AND (
       SELECT count(*) FROM answers a WHERE a.task_id = t.id AND a.status = 'accepted'
     ) <> (SELECT count(*) FROM payouts p WHERE p.task_id = t.id AND p.amount_sats = t.payout_sats)`,
  'no other task owes any, but one that failed because its answers were not sure enough, or by an appeal': `
    SELECT p.id FROM payouts p JOIN tasks t ON t.id = p.task_id WHERE t.status <> 'verified'
       AND t.failure_code IS DISTINCT FROM 'confidence_not_reached'
       AND NOT EXISTS (SELECT FROM appeals o WHERE ${WON} AND o.answer_id = p.answer_id)`,
  'a won appeal leaves its answer accepted and owed once, and any other as it was': `
    SELECT o.id FROM appeals o JOIN answers a ON a.id = o.answer_id
     WHERE (${WON} AND a.status <> 'accepted') OR (o.ground <> 'out_voted' AND (
       SELECT count(*) FROM payouts p WHERE p.answer_id = o.answer_id
     ) <> CASE WHEN ${WON} THEN 1 ELSE 0 END)`,
  'what waits for an appeal waits for an open one': `
    SELECT r.id FROM reviews r JOIN appeals o ON o.id = r.appeal_id
     WHERE r.status = 'open' AND o.status <> 'open'
     UNION ALL
    SELECT t.id FROM tasks t JOIN appeals o ON o.id = t.appeal_id
     WHERE o.status <> 'open' AND t.open_seats > 0`,
  ...PAYMENTS,
  'what is held is what the open tasks hold': `
    SELECT a.id FROM accounts a WHERE a.kind = 'organization_held' AND a.balance <> (
      SELECT coalesce(sum(t.held_sats), 0) FROM tasks t
       WHERE t.organization_id::text = a.owner AND t.mode = a.mode AND t.status NOT IN ${ENDED})`,
  'what was spent of a day is what its tasks hold or were charged, by organization and by key': `
    SELECT coalesce(c.spender_id, s.spender_id) AS id FROM spend_counters c FULL JOIN (
      SELECT t.organization_id, t.mode, (t.created_at AT TIME ZONE 'UTC')::date AS day, s.spender_id,
             sum(CASE WHEN t.completed_at IS NULL THEN t.held_sats ELSE t.charged_sats END) AS sats
        FROM tasks t CROSS JOIN LATERAL (
          SELECT t.organization_id AS spender_id
           UNION ALL
          SELECT substr(t.created_by, 5)::uuid WHERE t.created_by LIKE 'key:%') s
       GROUP BY 1, 2, 3, 4) s USING (organization_id, mode, day, spender_id)
     WHERE coalesce(c.spent_sats, 0) <> coalesce(s.sats, 0)`,
  'a verified task has an output, and no other task but by its own default': `
    SELECT t.id FROM tasks t
     WHERE (t.status = 'verified' AND (t.output IS NULL OR t.output::text = 'null'))
        OR (t.output IS NOT NULL AND t.status <> 'verified'
            AND t.failure_code IS DISTINCT FROM 'sla_expired_default_used')`,
};
