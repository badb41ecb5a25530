import { type Posting, payoutSettlement, postAll, settleSteps } from '@/server/features/ledger';
import { completeTasks } from '@/server/features/tasks';
import { clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { LARGE_CHARACTERS } from '@/server/platform/is-large';
import { kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import type { RailResult } from './rails/rail';
import { moveOf, type OpenAttempt } from './transition';

type Paid = Extract<RailResult, { status: 'paid' }>;

/** An attempt that a rail has paid, with what is to be written of it. */
interface Settlement extends OpenAttempt {
  result: Paid;
  posting: Posting;
  at: Date;
  instant: StandingClock | undefined;
}

/**
 * Records that the rail has paid: attempt settled, payout paid, in flight → the rail's float; with
 * the task's last payout the task is completed.
 * @returns false where the attempt was closed before.
 */
export async function settleAttempt(open: OpenAttempt, result: Paid): Promise<boolean> {
  const { rail } = open.attempt;
  const posting = payoutSettlement({ ...moveOf(open), rail, feeSats: result.feeSats });
  const isSettled = await settle({
    ...{ ...open, result, posting },
    ...{ at: clock.now(), instant: standingClock() },
  });
  kickOutbox();
  return isSettled;
}

const settle = together(settleAll, { keyOf: ({ attempt }) => attempt.id });

async function settleAll(settlements: readonly Settlement[]): Promise<boolean[]> {
  const ended = await transaction(async (tx) => {
    const { closed, posted, large } = await closeAll(tx, settlements);
    const own = settlements.filter(({ posting }) => closed.has(posting.id));
    if (own.length === 0) return closed;
    const unposted = own.filter(({ posting }) => !posted.has(posting.id));
    // Where an account of the rail's or the platform's is not open yet.
    if (unposted.length > 0) {
      await postAll(
        tx,
        unposted.map(({ posting }) => posting),
      );
    }
    // Of one task's payouts the last is the one that completes it.
    const lasts = new Map(own.map(({ payout, instant }) => [payout.taskId, instant]));
    const completions = [...lasts].map(([taskId, instant]) => ({ taskId, instant }));
    const isSmall = ({ taskId }: { taskId: string }) => !large.has(taskId);
    await completeTasks(tx, completions.filter(isSmall), { areLocked: true });
    for (const each of completions) {
      if (!isSmall(each)) await completeTasks(tx, [each], { areLocked: true });
    }
    return closed;
  });
  return settlements.map(({ posting }) => ended.has(posting.id));
}

/**
 * Closes the attempts that are open, and gives the ids of the postings that belong to them and that were made,
 * and the tasks whose outputs are large.
 */
async function closeAll(
  tx: Tx,
  settlements: readonly Settlement[],
): Promise<{ closed: Set<string>; posted: Set<string>; large: Set<string> }> {
  const rows = settlements.map(({ payout, attempt, posting, result, at }) => ({
    ...{ payout_id: payout.id, task_id: payout.taskId, attempt_id: attempt.id },
    ...{ external_id: result.externalId, preimage: result.preimage },
    ...{ fee_sats: result.feeSats.toString(), at, posting_id: posting.id },
  }));
  const postings = settlements.map(({ posting }) => posting);
  // The tasks are locked first, as everywhere: of two payouts settling at once, the second sees the first.
  const ended = await tx.$queryRaw<
    { id: string; taskId: string; isLarge: boolean; isPosted: boolean }[]
  >`
    WITH asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS a(payout_id uuid, task_id uuid, attempt_id uuid, external_id text, preimage text,
                    fee_sats bigint, at timestamptz, posting_id uuid)
    ), task AS (
      SELECT id, coalesce(length(output::text), 0) >= ${LARGE_CHARACTERS} AS is_large
        FROM tasks WHERE id IN (SELECT task_id FROM asked) ORDER BY id FOR UPDATE
    ), closed AS (
      UPDATE payout_attempts a
         SET status = 'settled', external_id = asked.external_id, preimage = asked.preimage,
             fee_sats = asked.fee_sats, error = NULL, finished_at = asked.at
        FROM asked JOIN task ON task.id = asked.task_id
       WHERE a.id = asked.attempt_id AND a.status IN ('reserved', 'unknown')
      RETURNING asked.posting_id, asked.payout_id, asked.at, task.id AS task_id, task.is_large
    ), ${settleSteps(postings, Prisma.sql`closed`)}, paid AS (
      UPDATE payouts p
         SET status = 'paid', paid_at = closed.at, next_attempt_at = NULL, failure_reason = NULL
        FROM closed
       WHERE p.id = closed.payout_id
    )
    SELECT posting_id::text AS id, task_id::text AS "taskId", is_large AS "isLarge",
           posting_id IN (SELECT id FROM posting) AS "isPosted"
      FROM closed`;
  return {
    closed: new Set(ended.map(({ id }) => id)),
    posted: new Set(ended.filter(({ isPosted }) => isPosted).map(({ id }) => id)),
    large: new Set(ended.filter(({ isLarge }) => isLarge).map(({ taskId }) => taskId)),
  };
}
