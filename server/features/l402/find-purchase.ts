import type { Deposit, Task } from '@/prisma/generated/client';
import { findTaskByKey } from '@/server/features/tasks';
import { actorLabel, type PurchaseActor } from '@/server/platform/actor';
import { db, type Tx } from '@/server/platform/db';
import { InvalidL402Token } from './errors';
import { readToken } from './token';

export interface Purchase {
  /** Its payment; the deposit's key is the purchase's ID. */
  deposit: Deposit;
  actor: PurchaseActor;
  /** The hash of the one request it can make a task of. */
  requestHash: string;
}

/**
 * Returns the purchase of a token.
 * @throws InvalidL402Token 401
 */
export async function findPurchase(authorization: string): Promise<Purchase> {
  const { purchaseId, paymentHash, requestHash } = readToken(authorization);
  const deposit = await db.deposit.findUnique({ where: { paymentHash } });
  const actor = deposit && buyerOf(deposit);
  if (!deposit || actor?.purchaseId !== purchaseId) {
    throw new InvalidL402Token('This token’s purchase is no longer stored.');
  }
  return { deposit, actor, requestHash };
}

/** The purchase that owns a deposit; null if the deposit is an organization's own. */
export function buyerOf({ key, organizationId, mode, createdBy }: Deposit): PurchaseActor | null {
  const actor: PurchaseActor = { kind: 'purchase', organizationId, mode, purchaseId: key };
  return createdBy === actorLabel(actor) ? actor : null;
}

/** The task created by a purchase; null if there is none yet. */
export function taskOf(
  { organizationId, mode, key }: Deposit,
  reader: Pick<Tx, 'task'> = db,
): Promise<Task | null> {
  return findTaskByKey(organizationId, mode, key, reader);
}

/** Locks the purchase against concurrent use and refunds until the transaction ends. */
export async function lockPurchase(tx: Tx, { id }: Deposit): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM deposits WHERE id = ${id}::uuid FOR UPDATE`;
}
