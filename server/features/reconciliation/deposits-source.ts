import { checkDeposit } from '@/server/features/deposits';
import type { IncomingState, LightningRail } from '@/server/features/payouts';
import { db, Prisma } from '@/server/platform/db';
import { sats } from './sats';
import { type Difference, type Ended, OVERLAP_MS, type Source, WINDOW_MS } from './source';

interface EndedDeposit extends Ended {
  paymentHash: string;
  receivedSats: bigint | null;
}

/** Credited deposits. */
export const depositsSource: Source<EndedDeposit> = {
  ...{ name: 'deposits', prefix: 'deposit', overlapMs: OVERLAP_MS },
  ...reading(Prisma.sql`d.status = 'settled'`, Prisma.sql`d.settled_at`),
  async compare(rail, { id, paymentHash, receivedSats }) {
    const state = await rail.lookupInvoice(paymentHash);
    const expected = `It was credited with ${sats(receivedSats ?? 0n)}.`;
    const subject = `deposit:${id}`;
    if (state.status !== 'settled') {
      return { ...{ subject, kind: 'deposit_open', expected }, ...unsettled(state, receivedSats) };
    }
    if (state.amountSats === receivedSats) return null;
    const found = `${sats(state.amountSats)} came in.`;
    const differs = state.amountSats - (receivedSats ?? 0n);
    return { subject, kind: 'deposit_amount', expected, found, sats: differs };
  },
};

/**
 * Deposits whose invoice expired unpaid. Their own checks stop one day later; here they are checked
 * each night within the window. A late payment is credited by the deposit's own check.
 */
export const expiredDepositsSource: Source<EndedDeposit> = {
  ...{ name: 'expired_deposits', prefix: 'deposit', overlapMs: WINDOW_MS },
  ...reading(Prisma.sql`d.status = 'expired'`, Prisma.sql`d.expires_at`),
  async compare(rail, { id, paymentHash }) {
    const state = await rail.lookupInvoice(paymentHash);
    return state.status === 'settled' ? creditLate(rail, id, state.amountSats) : null;
  },
};

async function creditLate(rail: LightningRail, id: string, saidSats: bigint): Promise<Difference> {
  await checkDeposit(id);
  const { status } = await db.deposit.findUniqueOrThrow({
    where: { id },
    select: { status: true },
  });
  const late: Difference = {
    subject: `deposit:${id}`,
    kind: 'deposit_late',
    expected: 'The invoice expired unpaid.',
    found: `${sats(saidSats)} were received over ${rail.name}.`,
    sats: saidSats,
  };
  return status === 'settled' ? { ...late, settledBecause: 'It was credited.' } : late;
}

function unsettled({ status }: IncomingState, receivedSats: bigint | null) {
  const found = status === 'open' ? 'The invoice is open and unpaid.' : 'Nothing was received.';
  return { found, sats: receivedSats };
}

function reading(isSo: Prisma.Sql, at: Prisma.Sql) {
  const select = (where: Prisma.Sql) => db.$queryRaw<EndedDeposit[]>`
    SELECT d.id::text, ${at} AS at, d.payment_hash AS "paymentHash",
           d.received_sats AS "receivedSats"
      FROM deposits d
     WHERE ${isSo} AND d.payment_hash IS NOT NULL AND ${where}`;
  return {
    read: (rail, { after, until, take }) =>
      select(Prisma.sql`
        d.rail = ${rail} AND ${at} <= ${until} AND (${at}, d.id) > (${after.at}, ${after.id}::uuid)
        ORDER BY ${at}, d.id LIMIT ${take}`),
    readByIds: (rail, ids) =>
      select(Prisma.sql`d.rail = ${rail} AND d.id = ANY(${[...ids]}::uuid[])`),
  } satisfies Pick<Source<EndedDeposit>, 'read' | 'readByIds'>;
}
