import type { Deposit, Task } from '@/prisma/generated/client';
import { findTaskByKey } from '@/server/features/tasks';
import { actorLabel, type PurchaseActor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { InvalidL402Token } from './errors';
import { readToken } from './token';

export interface Purchase {
  /** What it is paid by; its key is the purchase's id. */
  deposit: Deposit;
  actor: PurchaseActor;
  /** Of the one request that it makes a task of. */
  requestHash: string;
}

/**
 * The purchase that a token stands for.
 * @throws InvalidL402Token 401
 */
export async function findPurchase(authorization: string): Promise<Purchase> {
  const { purchaseId, paymentHash, requestHash } = readToken(authorization);
  const deposit = await db.deposit.findUnique({ where: { paymentHash } });
  const actor = deposit && buyerOf(deposit);
  if (!deposit || actor?.purchaseId !== purchaseId) {
    throw new InvalidL402Token('What this token was for is no longer kept.');
  }
  return { deposit, actor, requestHash };
}

/** Who bought by a deposit; null where it is an organization's own. */
export function buyerOf({ key, organizationId, mode, createdBy }: Deposit): PurchaseActor | null {
  const actor: PurchaseActor = { kind: 'purchase', organizationId, mode, purchaseId: key };
  return createdBy === actorLabel(actor) ? actor : null;
}

/** The task that a purchase has made; null while it has made none. */
export function taskOf(
  { organizationId, mode, key }: Deposit,
  reader: Pick<Tx, 'task'> = db,
): Promise<Task | null> {
  return findTaskByKey(organizationId, mode, key, reader);
}

/** Nobody else buys with it, or is paid back, until the transaction ends. */
export async function lockPurchase(tx: Tx, { id }: Deposit): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM deposits WHERE id = ${id}::uuid FOR UPDATE`;
}
