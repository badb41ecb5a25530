import { type Posting, payoutSettlement, postAll, settleSteps } from '@/server/features/ledger';
import { completeTasks } from '@/server/features/tasks';
import { clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { LARGE_CHARACTERS } from '@/server/platform/is-large';
import { kickOutbox } from '@/server/platform/outbox';
import { together } from '@/server/platform/together';
import { moveOf, type OpenAttempt } from './attempt';
import type { Paid } from './rails/rail';

/** An attempt paid by a rail, with the data to record. */
interface Settlement {
  attemptId: string;
  result: Paid;
  posting: Posting;
  at: Date;
  instant: StandingClock | undefined;
}

/**
 * Records that the rail has paid: attempt settled, its payouts paid, in flight → the rail's float;
 * a task's last payout completes it.
 * @returns false if the attempt was already closed.
 */
export async function settleAttempt(attempt: OpenAttempt, result: Paid): Promise<boolean> {
  const { rail } = attempt;
  const posting = payoutSettlement({ ...moveOf(attempt), rail, feeSats: result.feeSats });
  const isSettled = await settle({
    ...{ attemptId: attempt.id, result, posting },
    ...{ at: clock.now(), instant: standingClock() },
  });
  kickOutbox();
  return isSettled;
}

const settle = together(settleAll, { keyOf: ({ attemptId }) => attemptId });

async function settleAll(settlements: readonly Settlement[]): Promise<boolean[]> {
  const ended = await transaction(async (tx) => {
    const { closed, posted, tasks } = await closeAll(tx, settlements);
    const own = settlements.filter(({ posting }) => closed.has(posting.id));
    if (own.length === 0) return closed;
    const unposted = own.filter(({ posting }) => !posted.has(posting.id));
    // If an account of the rail or of the platform does not exist yet.
    if (unposted.length > 0) {
      await postAll(
        tx,
        unposted.map(({ posting }) => posting),
      );
    }
    // The last of a task's payouts completes it.
    const instants = new Map(own.map(({ posting, instant }) => [posting.id, instant]));
    const lasts = new Map(tasks.map((task) => [task.id, task]));
    const completions = [...lasts.values()].map(({ id, postingId, isLarge }) => ({
      ...{ taskId: id, instant: instants.get(postingId), isLarge },
    }));
    const isSmall = ({ isLarge }: { isLarge: boolean }) => !isLarge;
    await completeTasks(tx, completions.filter(isSmall), { areLocked: true });
    for (const each of completions) {
      if (!isSmall(each)) await completeTasks(tx, [each], { areLocked: true });
    }
    return closed;
  });
  return settlements.map(({ posting }) => ended.has(posting.id));
}

/** A task with a payout paid by a posting. */
interface PaidTask {
  id: string;
  postingId: string;
  /** Its output is. */
  isLarge: boolean;
}

/**
 * Closes the attempts that are open, and returns the ids of the postings made for them, and the
 * tasks they paid, in the order of the request.
 */
async function closeAll(
  tx: Tx,
  settlements: readonly Settlement[],
): Promise<{ closed: Set<string>; posted: Set<string>; tasks: PaidTask[] }> {
  const rows = settlements.map(({ attemptId, posting, result, at }, number) => ({
    ...{ number, attempt_id: attemptId, external_id: result.externalId, preimage: result.preimage },
    ...{ fee_sats: result.feeSats.toString(), at, posting_id: posting.id },
  }));
  const postings = settlements.map(({ posting }) => posting);
  // Locks all tasks first, as everywhere: of two payouts settling concurrently, the second sees the
  // first. Counting the tasks forces the locks before anything else; adjustments have none.
  const paid = await tx.$queryRaw<
    { postingId: string; taskId: string | null; isLarge: boolean | null; isPosted: boolean }[]
  >`
    WITH asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS a(number int, attempt_id uuid, external_id text, preimage text, fee_sats bigint,
                    at timestamptz, posting_id uuid)
    ), task AS (
      SELECT id, coalesce(length(output::text), 0) >= ${LARGE_CHARACTERS} AS is_large
        FROM tasks
       WHERE id IN (SELECT p.task_id FROM payouts p JOIN asked ON p.attempt_id = asked.attempt_id)
       ORDER BY id FOR UPDATE
    ), closed AS (
      UPDATE payout_attempts a
         SET status = 'settled', external_id = asked.external_id, preimage = asked.preimage,
             fee_sats = asked.fee_sats, error = NULL, finished_at = asked.at
        FROM asked
       WHERE a.id = asked.attempt_id AND a.status IN ('sending', 'unknown')
         AND (SELECT count(*) FROM task) >= 0
      RETURNING asked.number, asked.posting_id, asked.attempt_id, asked.at
    ), ${settleSteps(postings, Prisma.sql`closed`)}, paid AS (
      UPDATE payouts p
         SET status = 'paid', paid_at = closed.at, next_attempt_at = NULL, failure_reason = NULL
        FROM closed
       WHERE p.attempt_id = closed.attempt_id
      RETURNING p.id, p.task_id, closed.number, closed.posting_id
    )
    SELECT paid.posting_id::text AS "postingId", paid.task_id::text AS "taskId",
           task.is_large AS "isLarge",
           paid.posting_id IN (SELECT id FROM posting) AS "isPosted"
      FROM paid LEFT JOIN task ON task.id = paid.task_id
     ORDER BY paid.number, paid.id`;
  return {
    closed: new Set(paid.map(({ postingId }) => postingId)),
    posted: new Set(paid.flatMap(({ postingId, isPosted }) => (isPosted ? [postingId] : []))),
    tasks: paid.flatMap(({ taskId: id, postingId, isLarge }) =>
      id === null ? [] : [{ id, postingId, isLarge: isLarge === true }],
    ),
  };
}
