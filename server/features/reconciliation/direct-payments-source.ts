import { db, Prisma } from '@/server/platform/db';
import { comparePayment, type EndedPayment } from './compare-payment';
import { OVERLAP_MS, type Source } from './source';

/** Tests of rails and refunds, as soon as they were sent and have ended. */
export const directPaymentsSource: Source<EndedPayment> = {
  name: 'direct_payments',
  prefix: 'direct_payment',
  overlapMs: OVERLAP_MS,
  read: (rail, { after, until, take }) =>
    select(Prisma.sql`
      r.name = ${rail} AND t.finished_at <= ${until}
      AND (t.finished_at, t.id) > (${after.at}, ${after.id}::uuid)
      ORDER BY t.finished_at, t.id LIMIT ${take}`),
  readByIds: (rail, ids) =>
    select(Prisma.sql`r.name = ${rail} AND t.id = ANY(${[...ids]}::uuid[])`),
  compare: (rail, payment) => comparePayment(rail, payment, `direct_payment:${payment.id}`),
};

function select(where: Prisma.Sql): Promise<EndedPayment[]> {
  return db.$queryRaw<EndedPayment[]>`
    SELECT t.id::text, t.finished_at AS at, t.status::text, t.amount_sats AS "amountSats",
           t.fee_limit_sats AS "feeLimitSats", t.fee_sats AS "feeSats", t.destination, t.invoice,
           t.payment_hash AS "paymentHash", t.external_id AS "externalId",
           t.expires_at AS "expiresAt"
      FROM direct_payments t JOIN rails r ON r.id = t.rail_id
     WHERE t.payment_hash IS NOT NULL AND t.finished_at IS NOT NULL AND t.sent_at IS NOT NULL
       AND ${where}`;
}
