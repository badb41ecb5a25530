/** Operators' gifts, deductions and reversals while payouts are being sent. */
import { randomUUID } from 'node:crypto';
import { adjustAccount, reverseAdjustment } from '@/server/features/adjustments/adjust-account';
import { sendPayout } from '@/server/features/payouts/send-payout';
import { pick } from '@/server/features/sandbox/random';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import type { World } from './world';

const REASON = 'Simulated by a seed.';

const between = (random: () => number, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));

const adjust = (world: World, workerId: string, amountSats: number) =>
  adjustAccount(world.operator, {
    ...{ key: randomUUID(), mode: 'live', accountKind: 'worker_payable', owner: workerId },
    ...{ amountSats, reason: REASON },
  });

/**
 * Does something that may be refused while a payout is being sent; the rest is then owed to the
 * worker.
 */
async function whileSending(
  world: World,
  worker: World['workers'][number],
  act: () => Promise<unknown>,
  sats: number,
): Promise<void> {
  const { random, payoutIds, earned } = world;
  const sending = payoutIds.length > 0 ? sendPayout(pick(random, payoutIds)) : null;
  const [done] = await Promise.allSettled([act(), sending]);
  if (done.status === 'fulfilled') {
    earned.set(worker.name, (earned.get(worker.name) ?? 0) + sats);
  } else if (!(done.reason instanceof AppError)) throw done.reason;
}

export async function giveWorker(world: World): Promise<void> {
  const { random, workers, payoutIds, earned } = world;
  const { actor, name } = pick(random, workers);
  const sats = between(random, 1, 200);
  // Before it is sent: nobody has more than they earned.
  earned.set(name, (earned.get(name) ?? 0) + sats);
  await adjust(world, actor.workerId, sats);
  const { workerId } = actor;
  const latest = await db.payout.findFirstOrThrow({
    where: { workerId, adjustmentId: { not: null } },
    orderBy: { id: 'desc' },
  });
  payoutIds.push(latest.id);
}

export async function takeFromWorker(world: World): Promise<void> {
  const worker = pick(world.random, world.workers);
  const sats = between(world.random, 1, 150);
  await whileSending(world, worker, () => adjust(world, worker.actor.workerId, -sats), -sats);
}

export async function takeAdjustmentBack(world: World): Promise<void> {
  const worker = pick(world.random, world.workers);
  const { workerId } = worker.actor;
  const given = await db.ledgerAdjustment.findMany({
    where: { owner: workerId, amountSats: { gt: 0 }, reverses: null },
    orderBy: { id: 'asc' },
  });
  if (given.length === 0) return;
  const { id, amountSats } = pick(world.random, given);
  const input = { key: randomUUID(), adjustmentId: id, reason: REASON };
  const act = () => reverseAdjustment(world.operator, input);
  await whileSending(world, worker, act, -Number(amountSats));
}
