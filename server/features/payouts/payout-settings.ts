import { WrongPassword } from '@/server/features/accounts';
import { enqueueEmail } from '@/server/features/emails';
import { verifyPassword } from '@/server/features/organizations';
import { setWorkerPayouts } from '@/server/features/workers';
import type { WorkerActor } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import { kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { TooManyDestinations } from './errors';
import { CHANGE_HOLD_MS } from './lifecycle';
import { type LightningDestination, resolveLightningAddress } from './rails/lnurl';
import { LIGHTNING } from './rails/local-rails';
import { lightningRails } from './rails/registry';
import { type PayoutSettings, SetPayoutDestination, SetPayoutTiming } from './schema';
import { keepPending } from './transition';
import { isConfirmed, sendKept } from './withdraw-payouts';

const CHECKS: RateLimit = { limit: 10, windowSeconds: 600 };

/**
 * How the worker is paid.
 * @throws NotFound
 */
export async function getPayoutSettings(actor: WorkerActor): Promise<PayoutSettings> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { user: { select: { passwordHash: true } } },
  });
  if (!worker) throw new NotFound('worker');
  const { payoutsHeldUntil } = worker;
  return {
    rail: worker.payoutRail,
    destination: worker.payoutDestination,
    timing: worker.payoutTiming,
    thresholdSats: satsToNumber(worker.payoutThresholdSats),
    minSats: satsToNumber(worker.payoutMinSats),
    heldUntil:
      payoutsHeldUntil !== null && payoutsHeldUntil > clock.now() ? payoutsHeldUntil : null,
    asksPassword: asksPassword(actor, worker.user),
  };
}

/** Where real sats go is changed by somebody who knows the password, where there is one. */
function asksPassword(
  { mode }: WorkerActor,
  user: { passwordHash: string | null } | null,
): boolean {
  return mode === 'live' && user?.passwordHash != null;
}

/**
 * Says where payouts go from now on, after asking the address whether it takes them. Those under way
 * keep the destination they were made with. In live mode nothing leaves for a day after a change, and the
 * worker is told by e-mail.
 * @throws WrongPassword 400; UnusableDestination 422; TooManyDestinations, TooManyAttempts 429; NotFound;
 * ZodError for what is no address.
 */
export async function setPayoutDestination(
  actor: WorkerActor,
  input: SetPayoutDestination,
): Promise<PayoutSettings> {
  const { address, currentPassword } = SetPayoutDestination.parse(input);
  await assertPassword(actor, currentPassword);
  const state = await consume(`payout-destination:${actor.workerId}`, CHECKS);
  if (!state.allowed) throw new TooManyDestinations(Math.max(1, state.retryAfterSeconds));
  const found = address === null ? null : await resolveLightningAddress(address, actor.mode);
  const isLightning = (await lightningRails()).some(({ isEnabled }) => isEnabled);
  await transaction((tx) => changeDestination(tx, actor, { found, isLightning }));
  kickOutbox();
  return getPayoutSettings(actor);
}

async function assertPassword(actor: WorkerActor, password: string | undefined): Promise<void> {
  const user = await db.user.findUnique({ where: { id: actor.userId } });
  if (!user || !asksPassword(actor, user)) return;
  if (!(await verifyPassword(user.email, password ?? ''))) throw new WrongPassword();
}

async function changeDestination(
  tx: Tx,
  actor: WorkerActor,
  { found, isLightning }: { found: LightningDestination | null; isLightning: boolean },
): Promise<void> {
  const { workerId, mode } = actor;
  // Payouts are kept under their tasks' locks, so these come first.
  const [former] = await tx.$queryRaw<{ destination: string | null; heldUntil: Date | null }[]>`
    SELECT payout_destination AS destination, payouts_held_until AS "heldUntil" FROM workers
     WHERE id = ${workerId}::uuid AND mode = ${mode}::mode`;
  if (!former) throw new NotFound('worker');
  const address = found?.address ?? null;
  if (former.destination === address) return;
  const now = clock.now();
  const isHeld = former.heldUntil !== null && former.heldUntil > now;
  // The first address ever is no change: nobody was paid elsewhere before.
  const isChange = mode === 'live' && (former.destination !== null || isHeld);
  const heldUntil = isChange ? new Date(now.getTime() + CHANGE_HOLD_MS) : null;
  if (heldUntil) await keepPending(tx, { workerId, mode });
  await setWorkerPayouts(tx, actor, {
    payoutDestination: address,
    payoutMinSats: BigInt(found?.minSats ?? 1),
    payoutMaxSats: found ? BigInt(found.maxSats) : null,
    ...(heldUntil ? { payoutsHeldUntil: heldUntil } : {}),
    ...(mode === 'live' && found && isLightning ? { payoutRail: LIGHTNING } : {}),
  });
  if (mode === 'live') await tellChange(tx, actor, { address, heldUntil });
}

async function tellChange(
  tx: Tx,
  { userId, workerId }: WorkerActor,
  { address, heldUntil }: { address: string | null; heldUntil: Date | null },
): Promise<void> {
  const worker = await tx.worker.findUnique({
    where: { id: workerId },
    select: { displayName: true, user: { select: { id: true, email: true } } },
  });
  if (!worker?.user || worker.user.id !== userId) return;
  await enqueueEmail(tx, {
    to: worker.user.email,
    template: 'payout-destination-changed',
    data: {
      name: worker.displayName,
      address,
      heldUntil: heldUntil?.toISOString() ?? null,
      path: '/work/earnings',
    },
  });
}

/**
 * Says when payouts leave from now on. Who wants them at once gets what is kept at once, too.
 * @throws NotFound
 */
export async function setPayoutTiming(
  actor: WorkerActor,
  input: SetPayoutTiming,
): Promise<PayoutSettings> {
  const { timing, thresholdSats } = SetPayoutTiming.parse(input);
  await transaction(async (tx) => {
    await setWorkerPayouts(tx, actor, {
      payoutTiming: timing,
      ...(thresholdSats === undefined ? {} : { payoutThresholdSats: BigInt(thresholdSats) }),
    });
    if (timing !== 'on_withdrawal' && (await isConfirmed(tx, actor))) {
      await sendKept(tx, { ...actor, onlyIfEnough: true });
    }
  });
  kickOutbox();
  return getPayoutSettings(actor);
}
