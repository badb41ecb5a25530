import type { Deposit as DepositRow } from '@/prisma/generated/client';
import { hasLightning } from '@/server/features/payouts';
import type { Actor, Mode } from '@/server/platform/actor';
import { decodeCursor } from '@/server/platform/cursor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { isUuid } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { type Page, pageOf } from '@/server/platform/page';
import { visibleTo } from './access';
import { checkDeposit } from './check-deposit';
import type { Deposit, DepositLine, DepositsQuery } from './schema';

/**
 * A deposit's current state; while it is unpaid, its rail is queried first.
 * @throws NotFound if it does not exist or belongs to another organization or mode.
 */
export async function getDeposit(actor: Actor, id: string): Promise<Deposit> {
  const row = await findOwn(actor, id);
  if (row.status === 'settled') return renderDeposit(row);
  await checkDeposit(row.id, { forReader: true });
  return renderDeposit(await findOwn(actor, id));
}

/** A page of the organization's deposits, newest first, as of their last check. */
export async function listDeposits(
  actor: Actor,
  { limit, after: cursor }: DepositsQuery,
): Promise<Page<Deposit>> {
  const after = decodeCursor(cursor);
  const rows = await db.deposit.findMany({
    where: { ...visibleTo(actor), ...(after ? { id: { lt: after } } : {}) },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return pageOf(rows, limit, renderDeposit);
}

/** Whether funds can be added: always in test mode; in live mode if a Lightning rail is set up. */
export async function areDepositsOffered(actor: Actor): Promise<{ offered: boolean }> {
  if (visibleTo(actor).mode === 'test') return { offered: true };
  return { offered: await hasLightning() };
}

const SHOWN_MAX = 20;

/** The newest deposits of an organization in a mode; the caller must have checked permissions. */
export async function depositsOf(at: {
  organizationId: string;
  mode: Mode;
}): Promise<DepositLine[]> {
  const rows = await db.deposit.findMany({ where: at, orderBy: { id: 'desc' }, take: SHOWN_MAX });
  return rows.map((row) => ({ ...renderDeposit(row), rail: row.rail }));
}

async function findOwn(actor: Actor, id: string): Promise<DepositRow> {
  const row = isUuid(id)
    ? await db.deposit.findFirst({ where: { AND: [visibleTo(actor), { id }] } })
    : null;
  if (!row) throw new NotFound('deposit', id);
  return row;
}

export function renderDeposit(row: DepositRow): Deposit {
  return {
    id: row.id,
    object: 'deposit',
    mode: row.mode,
    status: row.status,
    amount_sats: satsToNumber(row.amountSats),
    received_sats: row.receivedSats === null ? null : satsToNumber(row.receivedSats),
    invoice: row.invoice,
    payment_hash: row.paymentHash,
    created_at: row.createdAt.toISOString(),
    expires_at: row.expiresAt.toISOString(),
    settled_at: row.settledAt?.toISOString() ?? null,
  };
}
