import {
  areAccountsOpen,
  payoutReservation,
  postAll,
  reserveSteps,
} from '@/server/features/ledger';
import { atInstant, clock, type StandingClock, standingClock } from '@/server/platform/clock';
import { db, hotQuery, Prisma, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { together } from '@/server/platform/together';
import { moveOf, type OpenAttempt } from './attempt';
import { beginPayment } from './begin-payment';
import { LOOKUP_DELAY_MS } from './lifecycle';
import { isLocalRail, LOCAL_RAILS } from './rails/local-rails';

/** A payout whose next attempt is requested, with that attempt's data. */
interface Asked {
  payoutId: string;
  attemptId: string;
  postingId: string;
  at: Date;
  lookUpAt: Date;
  instant: StandingClock | undefined;
}

/**
 * Starts a payout's next attempt if due: pending → sending, the worker's sats → in flight. The
 * status is the lock; only the caller that gets the attempt may call the rail.
 * @returns null if there is nothing to start.
 */
export async function reserveAttempt(payoutId: string): Promise<OpenAttempt | null> {
  const at = clock.now();
  const begun = await begin({
    ...{ payoutId, attemptId: newId(), postingId: newId(), at },
    lookUpAt: new Date(at.getTime() + LOOKUP_DELAY_MS),
    instant: standingClock(),
  });
  return begun === 'elsewhere' ? beginPayment(payoutId) : begun;
}

/** Returns `elsewhere` for due payouts on external rails. */
const begin = together(beginAll, { keyOf: ({ payoutId }) => payoutId });

async function beginAll(asked: readonly Asked[]): Promise<(OpenAttempt | 'elsewhere' | null)[]> {
  const rows = await hotQuery<BegunAttempt>(Prisma.sql`
    WITH ${beginSteps(asked, areAccountsOpen)}, ${reserveSteps(Prisma.sql`payout`)} ${BEGUN}`);
  const begun = new Map<string, OpenAttempt | 'elsewhere'>(
    rows.map((row) => [row.id, openOf(row)]),
  );
  const rest = asked.filter(({ attemptId }) => !begun.has(attemptId));
  if (rest.length > 0) {
    const due = await findDue(rest);
    const local = rest.filter(({ payoutId }) => due.get(payoutId) === true);
    // The workers' accounts are not open yet, which needs another statement.
    if (local.length > 0) {
      for (const open of await beginByOpening(local)) begun.set(open.id, open);
    }
    for (const { payoutId, attemptId } of rest) {
      if (due.get(payoutId) === false) begun.set(attemptId, 'elsewhere');
    }
  }
  return asked.map(({ attemptId }) => begun.get(attemptId) ?? null);
}

/** Which payouts are due: true on a local rail, false on an external one. */
async function findDue(asked: readonly Asked[]): Promise<Map<string, boolean>> {
  const dueAt = new Map(asked.map(({ payoutId, at }) => [payoutId, at]));
  const rows = await db.payout.findMany({
    where: { id: { in: [...dueAt.keys()] }, status: 'pending' },
    select: { id: true, rail: true, nextAttemptAt: true },
  });
  return new Map(
    rows.flatMap(({ id, rail, nextAttemptAt }) => {
      const at = dueAt.get(id);
      return at && nextAttemptAt && nextAttemptAt <= at ? [[id, isLocalRail(rail)] as const] : [];
    }),
  );
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
      begun.map((open) => atInstant(instants.get(open.id), () => payoutReservation(moveOf(open)))),
    );
    return begun;
  });
}

/**
 * The due and `allowed` payouts as `payout`, and their new attempts as `attempt`. Each is looked up
 * by ID as text, so that no plan scans all pending payouts. Local rails need no preparation, so
 * their attempts start as `sending`.
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
             AND p.next_attempt_at <= asked.begun_at AND p.rail IN (${Prisma.join([...LOCAL_RAILS])})
             FOR NO KEY UPDATE) AS locked
    ), payout AS (
      UPDATE payouts p
         SET status = 'sending', attempt_id = due.attempt_id, attempts = p.attempts + 1,
             next_attempt_at = due.look_up_at
        FROM due
       WHERE p.id = due.payout_id AND ${allowed}
      RETURNING p.*, due.posting_id, due.begun_at
    ), attempt AS (
      INSERT INTO payout_attempts (id, mode, worker_id, rail, status, amount_sats, destination,
                                   created_at, sent_at)
      SELECT p.attempt_id, p.mode, p.worker_id, p.rail, 'sending', p.amount_sats, p.destination,
             p.begun_at, p.begun_at
        FROM payout p
      RETURNING *
    ), carried AS (
      INSERT INTO attempt_payouts (attempt_id, payout_id) SELECT p.attempt_id, p.id FROM payout p
    )`;
}

type BegunAttempt = Pick<OpenAttempt, 'id' | 'mode' | 'workerId' | 'rail' | 'destination'> & {
  amountText: string;
};

const BEGUN = Prisma.sql`
  SELECT id::text AS id, mode::text AS mode, worker_id::text AS "workerId", rail, destination,
         amount_sats::text AS "amountText"
    FROM attempt`;

function openOf({ amountText, ...attempt }: BegunAttempt): OpenAttempt {
  return {
    ...attempt,
    status: 'sending',
    amountSats: BigInt(amountText),
    feeLimitSats: 0n,
    ...{ invoice: null, paymentHash: null, externalId: null, expiresAt: null, sentAt: null },
  };
}
