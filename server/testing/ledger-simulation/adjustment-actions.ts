/** Operators' gifts, deductions and reversals, and the payouts that send them. */
import { randomUUID } from 'node:crypto';
import { adjustAccount, reverseAdjustment } from '@/server/features/adjustments/adjust-account';
import { AdjustmentNotReversible, BalanceNotLeft } from '@/server/features/adjustments/errors';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { withdrawPayouts } from '@/server/features/payouts/withdraw-payouts';
import { pick } from '@/server/features/sandbox/random';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import type { Gift } from './model';
import { type Action, anyOf, assertSame, refusalOf, satsBetween, type World } from './world';

const REASON = 'Simulated by a seed.';
const AGAIN = 0.2;

const operatorOf = ({ mode }: World) => ({ kind: 'operator' as const, userId: newId(), mode });

async function adjust(world: World, workerId: string, amountSats: bigint, key = randomUUID()) {
  await world.steps.commit();
  return adjustAccount(operatorOf(world), {
    ...{ key, mode: world.mode, accountKind: 'worker_payable', owner: workerId },
    ...{ amountSats: Number(amountSats), reason: REASON },
  });
}

/** Expects the ledger's posting of an adjustment. */
async function expectAdjustment({ model }: World, key: string): Promise<void> {
  const row = await db.ledgerAdjustment.findUniqueOrThrow({ where: { key } });
  const { id, owner, amountSats, reverses } = row;
  model.post(reverses === null ? 'adjustment' : 'adjustment_reversal', `adjustment:${id}`, [
    ['platform_fees', 'adjustments', -amountSats],
    ['worker_payable', owner, amountSats],
  ]);
  const made = { id, workerId: owner, givenSats: amountSats, leftSats: amountSats };
  model.gifts.push({ ...made, isReversed: reverses !== null, isSent: false });
}

const give: Action = {
  name: 'give a worker',
  weight: 0.6,
  async run(world) {
    const workerId = pick(world.random, world.workers);
    const amountSats = satsBetween(world.random, 1, 200);
    const key = randomUUID();
    await adjust(world, workerId, amountSats, key);
    if (world.random() < AGAIN) {
      const { again } = await adjust(world, workerId, amountSats, key);
      assertSame('An adjustment again', again, true);
    }
    await expectAdjustment(world, key);
    return 'done';
  },
};

/** The latest are deducted first; sent amounts and answers' earnings are never deducted. */
const take: Action = {
  name: 'take from a worker',
  weight: 0.4,
  async run(world) {
    const { random, model } = world;
    const workerId = pick(random, world.workers);
    const amountSats = satsBetween(random, 1, 250);
    const key = randomUUID();
    const taking = adjust(world, workerId, -amountSats, key);
    if (amountSats > model.giftsLeft(workerId)) {
      assertSame('A taking', (await refusalOf(taking)) instanceof BalanceNotLeft, true);
      return 'refused';
    }
    await taking;
    model.takeGifts(workerId, amountSats);
    await expectAdjustment(world, key);
    return 'done';
  },
};

const isReversible = ({ givenSats, leftSats, isReversed, isSent }: Gift) =>
  !isReversed && (givenSats < 0n || (!isSent && leftSats === givenSats));

const takeBack: Action = {
  name: 'take an adjustment back',
  weight: 0.4,
  async run(world) {
    const { random, model, steps } = world;
    const gift = anyOf(random, model.gifts);
    if (!gift) return 'nothing to do';
    await steps.commit();
    const key = randomUUID();
    const reversal = () =>
      reverseAdjustment(operatorOf(world), { key, adjustmentId: gift.id, reason: REASON });
    if (!isReversible(gift)) {
      const refusal = await refusalOf(reversal());
      assertSame('A reversal', refusal instanceof AdjustmentNotReversible, true);
      return 'refused';
    }
    await reversal();
    if (random() < AGAIN) assertSame('A reversal again', (await reversal()).again, true);
    gift.isReversed = true;
    if (gift.givenSats > 0n) gift.leftSats = 0n;
    await expectAdjustment(world, key);
    return 'done';
  },
};

const send: Action = {
  name: 'send what a worker was given',
  weight: 0.3,
  async run(world) {
    const { random, model, steps, mode } = world;
    const workerId = anyOf(
      random,
      world.workers.filter((id) => model.giftsLeft(id) > 0n),
    );
    if (!workerId) return 'nothing to do';
    const owed = model.giftsLeft(workerId);
    await steps.commit();
    const withdrawn = await withdrawPayouts({ kind: 'worker', workerId, userId: newId(), mode });
    assertSame('A withdrawal', withdrawn.amountSats, Number(owed));
    const payouts = await db.payout.findMany({
      where: { workerId, status: 'pending' },
      orderBy: { id: 'asc' },
    });
    for (const { id, amountSats } of payouts) {
      await sendPayout(id);
      const { attemptId } = await db.payout.findUniqueOrThrow({ where: { id } });
      model.post('payout_reserve', `attempt:${attemptId}`, [
        ['worker_payable', workerId, -amountSats],
        ['worker_in_flight', workerId, amountSats],
      ]);
      model.post('payout_settle', `attempt:${attemptId}`, [
        ['worker_in_flight', workerId, -amountSats],
        ['rail_float', 'sandbox', amountSats],
      ]);
    }
    model.sendGifts(workerId);
    return 'done';
  },
};

export const ADJUSTMENT_ACTIONS: readonly Action[] = [give, take, takeBack, send];
