import {
  areAccountsOpen,
  payoutReservation,
  postAll,
  reserveSteps,
} from '@/server/features/ledger';
import { atInstant, clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { hotQuery, Prisma, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { together } from '@/server/platform/together';
import { LOOKUP_DELAY_MS } from './lifecycle';
import { moveOf, type OpenAttempt } from './transition';

/** A payout whose next attempt somebody asks for, with what the attempt would be. */
interface Asked {
  payoutId: string;
  attemptId: string;
  postingId: string;
  at: Date;
  lookUpAt: Date;
  instant: StandingClock | undefined;
}

/**
 * Begins a payout's next attempt where it is due: pending → sending, the worker's sats → in flight.
 * The status is the lock; of several callers one gets the attempt, and may call the rail.
 * @returns null where there is nothing to begin.
 */
export async function reserveAttempt(payoutId: string): Promise<OpenAttempt | null> {
  const at = clock.now();
  return begin({
    ...{ payoutId, attemptId: newId(), postingId: newId(), at },
    lookUpAt: new Date(at.getTime() + LOOKUP_DELAY_MS),
    instant: standingClock(),
  });
}

const begin = together(beginAll, { keyOf: ({ payoutId }) => payoutId });

async function beginAll(asked: readonly Asked[]): Promise<(OpenAttempt | null)[]> {
  const rows = await hotQuery<BegunAttempt>(Prisma.sql`
    WITH ${beginSteps(asked, areAccountsOpen)}, ${reserveSteps(Prisma.sql`payout`)} ${BEGUN}`);
  const begun = new Map(rows.map((row) => [row.attemptId, openOf(row)]));
  const rest = asked.filter(({ attemptId }) => !begun.has(attemptId));
  // Where nothing is due; or the workers' accounts are not open yet, which takes another statement.
  if (rest.length > 0) {
    for (const open of await beginByOpening(rest)) begun.set(open.attempt.id, open);
  }
  return asked.map(({ attemptId }) => begun.get(attemptId) ?? null);
}

async function beginByOpening(asked: readonly Asked[]): Promise<OpenAttempt[]> {
  return transaction(async (tx) => {
    const rows = await tx.$queryRaw<BegunAttempt[]>`
      WITH ${beginSteps(asked, Prisma.sql`true`)} ${BEGUN}`;
    if (rows.length === 0) return [];
    const begun = rows.map(openOf);
    const instants = new Map(asked.map(({ attemptId, instant }) => [attemptId, instant]));
    await postAll(
      tx,
      begun.map((open) =>
        atInstant(instants.get(open.attempt.id), () => payoutReservation(moveOf(open))),
      ),
    );
    return begun;
  });
}

/**
 * The payouts as `payout` that were due and `allowed`, and their new attempts as `attempt`. Each is looked
 * up by its id, one after another: as text, so that no plan goes through all that are pending.
 */
function beginSteps(asked: readonly Asked[], allowed: Prisma.Sql): Prisma.Sql {
  const rows = asked.map(({ payoutId, attemptId, postingId, at, lookUpAt }) => ({
    ...{ payout_id: payoutId, attempt_id: attemptId, posting_id: postingId },
    ...{ begun_at: at, look_up_at: lookUpAt },
  }));
  return Prisma.sql`
    asked AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
               AS a(payout_id uuid, attempt_id uuid, posting_id uuid, begun_at timestamptz,
                    look_up_at timestamptz)
       ORDER BY payout_id
    ), due AS (
      SELECT asked.*
        FROM asked CROSS JOIN LATERAL (
          SELECT FROM payouts p
           WHERE p.id = asked.payout_id AND p.status::text = 'pending'
             AND p.next_attempt_at <= asked.begun_at
             FOR NO KEY UPDATE) AS locked
    ), payout AS (
      UPDATE payouts p SET status = 'sending', next_attempt_at = due.look_up_at
        FROM due
       WHERE p.id = due.payout_id AND ${allowed}
      RETURNING p.*, due.attempt_id, due.posting_id, due.begun_at
    ), attempt AS (
      INSERT INTO payout_attempts (id, payout_id, number, rail, created_at)
      SELECT payout.attempt_id, payout.id,
             1 + (SELECT count(*) FROM payout_attempts a WHERE a.payout_id = payout.id), payout.rail,
             payout.begun_at
        FROM payout
      RETURNING *
    )`;
}

interface BegunAttempt extends Omit<OpenAttempt['payout'], 'amountSats'> {
  amountText: string;
  attemptId: string;
  rail: string;
  number: number;
}

const BEGUN = Prisma.sql`
  SELECT payout.id::text AS id, payout.mode::text AS mode, payout.worker_id::text AS "workerId",
         payout.task_id::text AS "taskId", payout.amount_sats::text AS "amountText",
         payout.destination, attempt.id::text AS "attemptId", attempt.rail, attempt.number
    FROM payout JOIN attempt ON attempt.id = payout.attempt_id`;

function openOf({ amountText, attemptId, rail, number, ...payout }: BegunAttempt): OpenAttempt {
  return {
    payout: { ...payout, amountSats: BigInt(amountText) },
    attempt: { id: attemptId, rail, number },
  };
}
