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

/** Readers who wait make a rail be asked this often at the most, however many they are. */
const READERS_MS = 1_500;

/** `closed`: it is settled, or will not be asked about by itself any more. */
export type CheckOutcome = { state: 'closed' } | { state: 'open'; delayMs: number };

/**
 * Asks the rail what became of a deposit, and credits what came in: once, whoever asks and however many
 * at once, also after its invoice has expired. When it is asked next is written down before it is asked,
 * so that a process that dies meanwhile, or a rail that is down, costs no deposit.
 * @param input.forReader leaves the rail alone where it was asked a moment ago.
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
  // Somebody else has settled it since it was read.
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

/** What the rail says; null where it does not answer, which is noted with it. */
async function ask({ id, rail: name, paymentHash }: DepositRow): Promise<IncomingState | null> {
  const rail = await findLightningRail(name);
  if (!rail || paymentHash === null) {
    log.error({ depositId: id, rail: name }, 'The rail of a deposit is gone; it cannot be asked');
    return null;
  }
  try {
    const state = await rail.lookupInvoice(paymentHash);
    await noteRailOk(rail);
    return state;
  } catch (error) {
    log.warn({ err: error, depositId: id, rail: name }, 'A rail was not there to ask');
    await noteRailError(rail, error);
    return null;
  }
}

/** One transaction: only whoever settles the row credits the sats. */
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
    if (!isNew) throw new Error(`The payment of deposit ${id} was credited before.`);
    await tellLowBalances(tx, organizationId);
  });
  kickOutbox();
}

/**
 * What is credited of what a rail says came in. An invoice is paid with twice its amount at the most (BOLT 4):
 * a rail that says more than that, or nothing, is wrong, and the invoice's own amount is what is sure.
 */
function creditable({ id, rail, amountSats }: DepositRow, saidSats: bigint): bigint {
  if (saidSats > 0n && saidSats <= 2n * amountSats) return saidSats;
  log.error(
    { depositId: id, rail, saidSats: String(saidSats), amountSats: String(amountSats) },
    'A rail settled an invoice with an amount that cannot be; the amount of the invoice is credited',
  );
  return amountSats;
}
