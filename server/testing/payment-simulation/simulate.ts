import { sweepPayouts } from '@/server/features/payouts/sweep-payouts';
import { withdrawPayouts } from '@/server/features/payouts/withdraw-payouts';
import { randomFrom } from '@/server/features/sandbox/random';
import { useClock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { brokenPayments } from '../invariants';
import { createTestClock } from '../test-clock';
import { PAYMENT_ACTIONS, type PaymentAction } from './actions';
import { createWorld, endWorld, type World } from './world';

export interface PaymentSimulation {
  seed: number;
  payouts: number;
  /** How often each action ran. */
  ran: ReadonlyMap<string, number>;
}

const HOUR_MS = 3_600_000;
/** Simulated hours within which everything owed must be paid once the rails recover. */
const HOURS_MAX = 60;

/**
 * Pays workers at random over two Lightning rails that fail, hang, disconnect after paying, and
 * exceed their fee limits. After every step the invariants of payments and of the ledger must hold,
 * no invoice may be paid twice, and nobody may have more than they earned. At the end, after the
 * rails recover, everybody has exactly their earnings, and the ledger agrees with each rail. Uses
 * the process's clock.
 * @throws Error with the seed and the step on a violation.
 */
export async function simulatePayments(seed: number, steps: number): Promise<PaymentSimulation> {
  const time = createTestClock(Date.now());
  const restoreClock = useClock(time);
  const random = randomFrom('payments', seed);
  const world = await createWorld(random, time);
  const ran = new Map<string, number>();
  try {
    for (let step = 1; step <= steps; step++) {
      const action = draw(random);
      ran.set(action.name, (ran.get(action.name) ?? 0) + 1);
      await action.run(world);
      await assertHolds(world, `Seed ${seed}, step ${step} (${action.name})`);
    }
    await payEverything(world);
    await assertPaid(world, `Seed ${seed}, in the end`);
    return { seed, payouts: world.payoutIds.length, ran };
  } finally {
    restoreClock();
    await endWorld(world);
  }
}

function draw(random: () => number): PaymentAction {
  const total = PAYMENT_ACTIONS.reduce((sum, { weight }) => sum + weight, 0);
  let left = random() * total;
  for (const action of PAYMENT_ACTIONS) {
    left -= action.weight;
    if (left < 0) return action;
  }
  return PAYMENT_ACTIONS[0] as PaymentAction;
}

async function assertHolds({ rails, workers, earned }: World, where: string): Promise<void> {
  const faults = await brokenPayments();
  for (const { name, wallet } of rails) {
    for (const [hash, times] of wallet.paid) {
      if (times > 1) faults.push(`${name} paid ${hash} ${times} times`);
    }
  }
  for (const { name } of workers) {
    const [received, owed] = [receivedBy(rails, name), earned.get(name) ?? 0];
    if (received > owed) faults.push(`${name} has ${received} sats, and earned ${owed}`);
  }
  if (faults.length > 0) throw new Error(`${where}: ${faults.join('; ')}.`);
}

/** Invoices of addresses come from the first wallet, whichever rail pays them. */
const receivedBy = (rails: World['rails'], name: string) =>
  rails.reduce((sum, { wallet }) => sum + (wallet.received.get(name) ?? 0), 0);

/** Restores the rails, and advances time until nothing is owed. */
async function payEverything(world: World): Promise<void> {
  for (const { wallet } of world.rails) {
    wallet.fate = 'pays';
    wallet.endPending(() => true);
  }
  for (let hour = 0; hour < HOURS_MAX; hour++) {
    for (const { actor } of world.workers) await withdrawPayouts(actor);
    await sweepPayouts();
    world.time.advanceMs(HOUR_MS);
    const left = await db.payout.count({
      where: { id: { in: world.payoutIds }, status: { notIn: ['paid', 'cancelled'] } },
    });
    if (left === 0) return;
  }
}

async function assertPaid(world: World, where: string): Promise<void> {
  await assertHolds(world, where);
  const { rails, workers, earned } = world;
  const faults: string[] = [];
  for (const { name } of workers) {
    const [received, owed] = [receivedBy(rails, name), earned.get(name) ?? 0];
    if (received !== owed) faults.push(`${name} has ${received} sats, and earned ${owed}`);
  }
  for (const { name, wallet } of rails) {
    const successes = [...wallet.payments.values()].filter(({ status }) => status === 'success');
    const gone = successes.reduce((sum, each) => sum - each.amountMsats - each.feeMsats, 0) / 1_000;
    const { _sum } = await db.entry.aggregate({
      where: { account: { kind: 'rail_float', owner: name } },
      _sum: { amount: true },
    });
    const booked = Number(_sum.amount ?? 0n);
    if (booked !== gone)
      faults.push(`${name} has sent ${gone} sats, and the ledger says ${booked}`);
  }
  if (faults.length > 0) throw new Error(`${where}: ${faults.join('; ')}.`);
}
