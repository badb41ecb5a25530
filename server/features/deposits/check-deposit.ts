import type { Deposit as DepositRow } from '@/prisma/generated/client';
import { deposit, tellLowBalances } from '@/server/features/ledger';
import {
  findLightningRail,
  type IncomingState,
  noteRailError,
  noteRailOk,
} from '@/server/features/payouts';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { log } from '@/server/platform/log';
import { kickOutbox } from '@/server/platform/outbox';
import { checkDelayMs } from './check-schedule';

/** At most how often polling readers make a rail be queried, however many there are. */
const READERS_MS = 1_500;

/** `closed`: settled, or no longer checked automatically. */
export type CheckOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Queries the rail for a deposit and credits what arrived: exactly once, however many callers there
 * are, also after the invoice has expired. The next check is scheduled before the query, so that a
 * crash or an unavailable rail never loses a deposit.
 * @param input.forReader skips the query if the rail was queried a moment ago.
 */
export async function checkDeposit(
  id: string,
  { forReader = false }: { forReader?: boolean } = {},
): Promise<CheckOutcome> {
  const row = await db.deposit.findUnique({ where: { id } });
  if (!row || row.status === 'settled') return { state: 'closed' };
  const now = clock.now();
  const delayMs = checkDelayMs(row, now.getTime());
  const { count } = await db.deposit.updateMany({
    where: {
      ...{ id, status: { not: 'settled' } },
      ...(forReader
        ? { OR: [{ askedAt: null }, { askedAt: { lte: new Date(now.getTime() - READERS_MS) } }] }
        : {}),
    },
    data: {
      askedAt: now,
      nextCheckAt: delayMs === null ? null : new Date(now.getTime() + delayMs),
    },
  });
  // Another caller settled it since it was read.
  if (count === 0 && !forReader) return { state: 'closed' };
  const state = count > 0 ? await ask(row) : null;
  if (state?.status === 'settled') {
    await settle(row, state.amountSats);
    return { state: 'closed' };
  }
  if (state && (state.status === 'expired' || row.expiresAt <= now)) {
    await db.deposit.updateMany({ where: { id, status: 'open' }, data: { status: 'expired' } });
  }
  return delayMs === null ? { state: 'closed' } : { state: 'open', delayMs };
}

/** The rail's answer, or null (and a log line) if it does not respond. */
async function ask({ id, rail: name, paymentHash }: DepositRow): Promise<IncomingState | null> {
  const rail = await findLightningRail(name);
  if (!rail || paymentHash === null) {
    log.error({ depositId: id, rail: name }, 'Cannot check a deposit: its rail no longer exists');
    return null;
  }
  try {
    const state = await rail.lookupInvoice(paymentHash);
    await noteRailOk(rail);
    return state;
  } catch (error) {
    log.warn(
      { err: error, depositId: id, rail: name },
      'A rail did not respond to a deposit check',
    );
    await noteRailError(rail, error);
    return null;
  }
}

/** One transaction: only the caller that settles the row credits the sats. */
async function settle(row: DepositRow, saidSats: bigint): Promise<void> {
  const { id, organizationId, mode, rail } = row;
  const receivedSats = creditable(row, saidSats);
  await transaction(async (tx) => {
    const { count } = await tx.deposit.updateMany({
      where: { id, status: { not: 'settled' } },
      data: { status: 'settled', receivedSats, settledAt: clock.now(), nextCheckAt: null },
    });
    if (count === 0) return;
    const reference = row.paymentHash ?? id;
    const isNew = await deposit(tx, {
      ...{ mode, organizationId, rail, reference },
      amountSats: receivedSats,
    });
    if (!isNew) throw new Error(`The payment of deposit ${id} was already credited.`);
    await tellLowBalances(tx, organizationId);
  });
  kickOutbox();
}

/**
 * How much to credit of the amount a rail reports. BOLT 4 allows at most twice the invoice's
 * amount: if the rail reports more, or nothing, it is wrong, and only the invoice's own amount is
 * certain.
 */
function creditable({ id, rail, amountSats }: DepositRow, saidSats: bigint): bigint {
  if (saidSats > 0n && saidSats <= 2n * amountSats) return saidSats;
  log.error(
    { depositId: id, rail, saidSats: String(saidSats), amountSats: String(amountSats) },
    'A rail reported an impossible amount for an invoice; crediting the amount of the invoice',
  );
  return amountSats;
}
