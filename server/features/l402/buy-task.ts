import { setTimeout as sleep } from 'node:timers/promises';
import type { Deposit } from '@/prisma/generated/client';
import { checkDeposit } from '@/server/features/deposits';
import {
  type CreatedTask,
  type CreateTask,
  createPrepaidTask,
  prepareTask,
} from '@/server/features/tasks';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import type { TraceHeaders } from '@/server/platform/tracing';
import { OtherRequest, PaymentUnconfirmed, PriceChanged, Refunded } from './errors';
import { findPurchase, lockPurchase } from './find-purchase';
import { assertNoCallback } from './no-callback';
import { openRefundOf } from './refund-state';

/** A rail that was just queried is not queried again, and the payment may be newer than that. */
const TRIES = 3;
const BETWEEN_MS = 1_000;

/**
 * Creates the task that a token paid for. Idempotent.
 * @param trace the caller's trace context, which the task joins.
 * @throws InvalidL402Token 401, OtherRequest 409, PaymentUnconfirmed 503, PriceChanged and Refunded
 * 409, and everything a create throws. The payment is then refunded as `getPurchase` describes.
 */
export async function buyTask(
  authorization: string,
  input: CreateTask,
  trace: TraceHeaders | null = null,
): Promise<CreatedTask> {
  const { actor, deposit, requestHash } = await findPurchase(authorization);
  assertNoCallback(input);
  const draft = {
    ...(await prepareTask(actor, input, { trace })),
    idempotencyKey: actor.purchaseId,
  };
  if (draft.requestHash !== requestHash) throw new OtherRequest();
  const paidSats = await paidOf(deposit);
  return createPrepaidTask(actor, draft, async (tx) => {
    await lockPurchase(tx, deposit);
    if (await openRefundOf(tx, deposit)) throw new Refunded();
    if (draft.heldSats > paidSats) {
      throw new PriceChanged(satsToNumber(paidSats), satsToNumber(draft.heldSats));
    }
  });
}

/** The amount received for a purchase, according to its rail. */
async function paidOf({ id, receivedSats: known }: Deposit): Promise<bigint> {
  if (known !== null) return known;
  for (let n = 0; n < TRIES; n++) {
    if (n > 0) await sleep(BETWEEN_MS);
    await checkDeposit(id, { forReader: true });
    const { receivedSats } = await db.deposit.findUniqueOrThrow({ where: { id } });
    if (receivedSats !== null) return receivedSats;
  }
  throw new PaymentUnconfirmed();
}
