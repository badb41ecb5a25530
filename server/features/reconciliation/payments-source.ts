import { db, Prisma } from '@/server/platform/db';
import { comparePayment, type EndedPayment } from './compare-payment';
import { OVERLAP_MS, type Source } from './source';

/** Attempts that were sent and have ended; one that was never sent is nothing a rail knows of. */
export const attemptsSource: Source<EndedPayment> = {
  name: 'attempts',
  prefix: 'attempt',
  overlapMs: OVERLAP_MS,
  read: (rail, { after, until, take }) =>
    select(Prisma.sql`
      a.rail = ${rail} AND a.finished_at <= ${until}
      AND (a.finished_at, a.id) > (${after.at}, ${after.id}::uuid)
      ORDER BY a.finished_at, a.id LIMIT ${take}`),
  readByIds: (rail, ids) =>
    select(Prisma.sql`a.rail = ${rail} AND a.id = ANY(${[...ids]}::uuid[])`),
  compare: (rail, attempt) => comparePayment(rail, attempt, `attempt:${attempt.id}`),
};

function select(where: Prisma.Sql): Promise<EndedPayment[]> {
  return db.$queryRaw<EndedPayment[]>`
    SELECT a.id::text, a.finished_at AS at, a.status::text, a.amount_sats AS "amountSats",
           a.fee_limit_sats AS "feeLimitSats", a.fee_sats AS "feeSats", a.destination, a.invoice,
           a.payment_hash AS "paymentHash", a.external_id AS "externalId",
           a.expires_at AS "expiresAt"
      FROM payout_attempts a
     WHERE a.payment_hash IS NOT NULL AND a.finished_at IS NOT NULL AND a.sent_at IS NOT NULL
       AND ${where}`;
}
