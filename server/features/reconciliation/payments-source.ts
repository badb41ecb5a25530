import { db, Prisma } from '@/server/platform/db';
import { comparePayment, type EndedPayment } from './compare-payment';
import { OVERLAP_MS, type Source } from './source';

interface PaymentsTable extends Pick<Source, 'name' | 'prefix'> {
  /** A relation `p` of payments. */
  from: Prisma.Sql;
  /** The name of a payment's rail. */
  rail: Prisma.Sql;
}

/** Attempts of payouts. */
export const attemptsSource = paymentsSource({
  ...{ name: 'attempts', prefix: 'attempt' },
  from: Prisma.sql`payout_attempts p`,
  rail: Prisma.sql`p.rail`,
});

/** Rail tests and refunds. */
export const directPaymentsSource = paymentsSource({
  ...{ name: 'direct_payments', prefix: 'direct_payment' },
  from: Prisma.sql`direct_payments p JOIN rails r ON r.id = p.rail_id`,
  rail: Prisma.sql`r.name`,
});

/** Payments that were sent and have ended; unsent ones are unknown to the rail. */
function paymentsSource({ name, prefix, ...table }: PaymentsTable): Source<EndedPayment> {
  const select = (where: Prisma.Sql) => db.$queryRaw<EndedPayment[]>`
    SELECT p.id::text, p.finished_at AS at, p.status::text, p.amount_sats AS "amountSats",
           p.fee_limit_sats AS "feeLimitSats", p.fee_sats AS "feeSats", p.destination, p.invoice,
           p.payment_hash AS "paymentHash", p.external_id AS "externalId",
           p.expires_at AS "expiresAt"
      FROM ${table.from}
     WHERE p.payment_hash IS NOT NULL AND p.finished_at IS NOT NULL AND p.sent_at IS NOT NULL
       AND ${where}`;
  return {
    ...{ name, prefix, overlapMs: OVERLAP_MS },
    read: (rail, { after, until, take }) =>
      select(Prisma.sql`
        ${table.rail} = ${rail} AND p.finished_at <= ${until}
        AND (p.finished_at, p.id) > (${after.at}, ${after.id}::uuid)
        ORDER BY p.finished_at, p.id LIMIT ${take}`),
    readByIds: (rail, ids) =>
      select(Prisma.sql`${table.rail} = ${rail} AND p.id = ANY(${[...ids]}::uuid[])`),
    compare: (rail, payment) => comparePayment(rail, payment, `${prefix}:${payment.id}`),
  };
}
