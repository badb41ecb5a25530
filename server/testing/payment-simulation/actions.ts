import { reserveAttempt } from '@/server/features/payouts/begin-attempts';
import { retryPayout } from '@/server/features/payouts/look-after-payout';
import { setPayoutTiming } from '@/server/features/payouts/payout-settings';
import { payAttempt, sendPayout } from '@/server/features/payouts/send-payout';
import { sweepPayouts } from '@/server/features/payouts/sweep-payouts';
import { sendGathered, withdrawPayouts } from '@/server/features/payouts/withdraw-payouts';
import { pick } from '@/server/features/sandbox/random';
import { db } from '@/server/platform/db';
import { AppError } from '@/server/platform/errors';
import type { Fate } from '../lnbits-double';
import { createVerifiedTask } from '../verified-task';
import { giveWorker, takeAdjustmentBack, takeFromWorker } from './adjust';
import type { World } from './world';

const FATES: readonly Fate[] = [
  ...(['pays', 'pays', 'pays', 'pays_silently', 'loses'] as const),
  ...(['keeps_pending', 'fails', 'is_down', 'forbids'] as const),
];
const TIMINGS = ['at_once', 'at_threshold', 'on_withdrawal'] as const;

/** A random action on payouts, using the product's own functions. */
export interface PaymentAction {
  name: string;
  weight: number;
  run(world: World): Promise<unknown>;
}

const between = (random: () => number, least: number, most: number) =>
  least + Math.floor(random() * (most - least + 1));

/** Expected refusals are not failures. */
const unlessRefused = (error: unknown) => {
  if (!(error instanceof AppError)) throw error;
};

async function someStatus(world: World, status: 'failed' | 'sending'): Promise<string | null> {
  const rows = await db.payout.findMany({
    where: { id: { in: world.payoutIds }, status },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  return rows.length > 0 ? pick(world.random, rows).id : null;
}

export const PAYMENT_ACTIONS: readonly PaymentAction[] = [
  {
    name: 'an answer is accepted',
    weight: 6,
    async run(world) {
      const { random, workers, organization, payoutIds, earned } = world;
      const { actor, name } = pick(random, workers);
      const sats = between(random, 1, 400);
      const made = await createVerifiedTask({
        ...{ mode: 'live' as const, organization, workerIds: [actor.workerId] },
        payoutSats: BigInt(sats),
      });
      payoutIds.push(...made.payoutIds);
      earned.set(name, (earned.get(name) ?? 0) + sats);
    },
  },
  {
    name: 'a payout is sent',
    weight: 8,
    run: async ({ random, payoutIds }) =>
      payoutIds.length > 0 && sendPayout(pick(random, payoutIds)),
  },
  {
    name: 'a payout is sent by several',
    weight: 3,
    async run({ random, payoutIds }) {
      if (payoutIds.length === 0) return;
      const ids = [pick(random, payoutIds), pick(random, payoutIds)];
      await Promise.all([...ids, ...ids].map(sendPayout));
    },
  },
  {
    name: 'what is overdue is swept',
    weight: 3,
    run: async () => [await sendGathered(), await sweepPayouts()],
  },
  {
    name: 'a process stalls before it sends',
    weight: 2,
    async run({ random, payoutIds, stalled }) {
      if (payoutIds.length === 0) return;
      const open = await reserveAttempt(pick(random, payoutIds));
      if (open) stalled.push(open);
    },
  },
  {
    name: 'a stalled process wakes up',
    weight: 2,
    run: async ({ random, stalled }) => stalled.length > 0 && payAttempt(pick(random, stalled)),
  },
  {
    name: 'time passes',
    weight: 6,
    run: async ({ random, time }) =>
      time.advanceMs(between(random, 1, random() < 0.2 ? 7_200_000 : 90_000)),
  },
  {
    name: 'a rail changes',
    weight: 5,
    async run({ random, rails }) {
      const { wallet } = pick(random, rails);
      wallet.fate = pick(random, FATES);
      // May exceed the fee limit.
      wallet.feeSats = between(random, 0, 40);
      wallet.expirySeconds = between(random, 90, 3_600);
    },
  },
  {
    name: 'pending payments end',
    weight: 3,
    run: async ({ random, rails }) => pick(random, rails).wallet.endPending(() => random() < 0.5),
  },
  {
    name: 'a worker changes when payouts leave',
    weight: 1,
    async run({ random, workers }) {
      const { actor } = pick(random, workers);
      await setPayoutTiming(actor, { timing: pick(random, TIMINGS), thresholdSats: 500 });
    },
  },
  {
    name: 'a worker withdraws',
    weight: 2,
    run: ({ random, workers }) => withdrawPayouts(pick(random, workers).actor).catch(unlessRefused),
  },
  { name: 'an operator gives a worker sats', weight: 3, run: giveWorker },
  { name: 'an operator takes sats from a worker', weight: 2, run: takeFromWorker },
  { name: 'an operator takes an adjustment back', weight: 2, run: takeAdjustmentBack },
  {
    name: 'an operator tries again',
    weight: 2,
    async run(world) {
      const id = await someStatus(world, 'failed');
      if (id) await retryPayout(world.operator, { id }).catch(unlessRefused);
    },
  },
];
