import type { OpenAttempt } from '@/server/features/payouts/attempt';
import { LIGHTNING } from '@/server/features/payouts/rails/local-rails';
import type { Random } from '@/server/features/sandbox/random';
import type { WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { addRail } from '../add-rail';
import { createOrganization, createSignIn, createWorker, workerActor } from '../factories';
import { type LnbitsDouble, startLnbitsDouble } from '../lnbits-double';
import type { TestClock } from '../test-clock';

/** The context of a simulation's payments: workers with wallets, and unreliable rails. */
export interface World {
  random: Random;
  time: TestClock;
  organization: { id: string };
  workers: { actor: WorkerActor; name: string }[];
  /** The first one serves all addresses. */
  rails: { name: string; wallet: LnbitsDouble }[];
  operator: { kind: 'operator'; userId: string; mode: 'live' };
  payoutIds: string[];
  /** Sats earned by, or given to, each name, minus deductions. */
  earned: Map<string, number>;
  /** Attempts held in memory by a stalled process, whether still valid or not. */
  stalled: OpenAttempt[];
}

const WORKERS = 3;
const RAILS = 2;
const FUNDS_SATS = 10_000_000n;

/** A world of its own; its clock is the process's. */
export async function createWorld(random: Random, time: TestClock): Promise<World> {
  const rails: World['rails'] = [];
  for (let n = 0; n < RAILS; n++) {
    const wallet = await startLnbitsDouble();
    rails.push({ name: await addRail(`simulated-${n}`, wallet), wallet });
  }
  const workers: World['workers'] = [];
  for (let n = 0; n < WORKERS; n++) {
    const worker = await createWorker({ mode: 'live', rail: LIGHTNING, online: false });
    const name = `w${newId().slice(-10)}`;
    const payoutDestination = rails[0]?.wallet.addressOf(name) ?? null;
    await db.worker.update({ where: { id: worker.id }, data: { payoutDestination } });
    workers.push({ actor: await workerActor(worker), name });
  }
  const { id: userId } = await createSignIn({ isOperator: true });
  return {
    ...{ random, time, workers, rails },
    organization: await createOrganization({ funds: FUNDS_SATS }),
    operator: { kind: 'operator', userId, mode: 'live' },
    ...{ payoutIds: [], earned: new Map(), stalled: [] },
  };
}

export async function endWorld({ rails }: World): Promise<void> {
  for (const { wallet } of rails.toReversed()) await wallet.stop();
  await db.rail.updateMany({
    where: { name: { in: rails.map(({ name }) => name) } },
    data: { enabled: false },
  });
}
