import type { Worker } from '@/prisma/generated/client';
import { assertCode, sendCode, takeCode, WrongPassword } from '@/server/features/accounts';
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
import { DestinationChanged, TooManyDestinations } from './errors';
import { CHANGE_HOLD_MS } from './lifecycle';
import { type LightningDestination, resolveLightningAddress } from './rails/lnurl';
import { LIGHTNING } from './rails/local-rails';
import { hasLightning } from './rails/registry';
import { type PayoutSettings, SetPayoutDestination, SetPayoutTiming } from './schema';
import { keepPending } from './transition';
import { isConfirmed, sendKept } from './withdraw-payouts';

const CHECKS: RateLimit = { limit: 10, windowSeconds: 600 };

/**
 * The worker's payout settings.
 * @throws NotFound
 */
export async function getPayoutSettings(actor: WorkerActor): Promise<PayoutSettings> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { user: { select: { passwordHash: true } } },
  });
  if (!worker) throw new NotFound('worker');
  return {
    rail: worker.payoutRail,
    destination: worker.payoutDestination,
    timing: worker.payoutTiming,
    thresholdSats: satsToNumber(worker.payoutThresholdSats),
    minSats: satsToNumber(worker.payoutMinSats),
    heldUntil: isHeld(worker) ? worker.payoutsHeldUntil : null,
    takesInvoice: actor.mode === 'live' && (await hasLightning()),
    asks: proofOf(actor, worker),
  };
}

type PaidWorker = Pick<Worker, 'payoutDestination' | 'payoutsHeldUntil'> & {
  user: { passwordHash: string | null } | null;
};

/**
 * Changing where real sats go requires the password or, without one, a code from the account's
 * e-mail. The first address is exempt unless payouts are held, because nobody was paid elsewhere
 * before.
 */
function proofOf({ mode }: WorkerActor, worker: PaidWorker): PayoutSettings['asks'] {
  if (mode !== 'live' || worker.user === null) return null;
  if (worker.payoutDestination === null && !isHeld(worker)) return null;
  return worker.user.passwordHash === null ? 'code' : 'password';
}

const isHeld = ({ payoutsHeldUntil: until }: Pick<Worker, 'payoutsHeldUntil'>) =>
  until !== null && until > clock.now();

/**
 * Changes the payout destination, after checking that it accepts payments. Payouts in progress keep
 * theirs. In live mode payouts are held for a day after a change, and the worker is notified by
 * e-mail.
 * @throws WrongPassword, WrongCode 400; UnusableDestination 422; DestinationChanged 409;
 * TooManyDestinations, TooManyAttempts 429; NotFound; ZodError for an invalid address.
 */
export async function setPayoutDestination(
  actor: WorkerActor,
  input: SetPayoutDestination,
): Promise<PayoutSettings> {
  const { address, currentPassword, code = '' } = SetPayoutDestination.parse(input);
  const proof = await assertProof(actor, { currentPassword, code });
  const state = await consume(`payout-destination:${actor.workerId}`, CHECKS);
  if (!state.allowed) throw new TooManyDestinations(Math.max(1, state.retryAfterSeconds));
  const found = address === null ? null : await resolveLightningAddress(address, actor.mode);
  const isLightning = await hasLightning();
  await transaction(async (tx) => {
    const isChanged = await changeDestination(tx, actor, { found, isLightning });
    // Consumed last, so that an unusable address does not cost a code.
    if (isChanged && proof === 'code') await takeCode(tx, actor.userId, code);
  });
  kickOutbox();
  return getPayoutSettings(actor);
}

/**
 * E-mails a code for a change of destination.
 * @throws TooManyEmails 429; NotFound.
 */
export async function sendPayoutCode(actor: WorkerActor): Promise<void> {
  await sendCode(actor.userId);
}

async function assertProof(
  actor: WorkerActor,
  { currentPassword, code }: { currentPassword: string | undefined; code: string },
): Promise<PayoutSettings['asks']> {
  const worker = await db.worker.findFirst({
    where: { id: actor.workerId, mode: actor.mode },
    include: { user: true },
  });
  if (!worker?.user) return null;
  const proof = proofOf(actor, worker);
  if (proof === 'code') await assertCode(actor.userId, code);
  else if (proof === 'password') {
    const isRight = await verifyPassword(worker.user.email, currentPassword ?? '');
    if (!isRight) throw new WrongPassword();
  }
  return proof;
}

/** @returns false if it is unchanged. */
async function changeDestination(
  tx: Tx,
  actor: WorkerActor,
  { found, isLightning }: { found: LightningDestination | null; isLightning: boolean },
): Promise<boolean> {
  const { workerId, mode } = actor;
  // Payouts are held under their tasks' locks, which therefore come first.
  const former = await tx.worker.findFirst({
    where: { id: workerId, mode },
    select: { payoutDestination: true, payoutsHeldUntil: true },
  });
  if (!former) throw new NotFound('worker');
  const address = found?.address ?? null;
  if (former.payoutDestination === address) return false;
  const isChange = mode === 'live' && (former.payoutDestination !== null || isHeld(former));
  const heldMs = Math.max(former.payoutsHeldUntil?.getTime() ?? 0, clock.nowMs() + CHANGE_HOLD_MS);
  const heldUntil = isChange ? new Date(heldMs) : null;
  if (heldUntil) await keepPending(tx, { workerId, mode });
  const set = {
    payoutDestination: address,
    payoutMinSats: BigInt(found?.minSats ?? 1),
    payoutMaxSats: found ? BigInt(found.maxSats) : null,
    ...(heldUntil ? { payoutsHeldUntil: heldUntil } : {}),
    ...(mode === 'live' && found && isLightning ? { payoutRail: LIGHTNING } : {}),
  };
  const { payoutDestination } = former;
  if (!(await setWorkerPayouts(tx, actor, set, { payoutDestination }))) {
    throw new DestinationChanged();
  }
  if (mode === 'live') await tellChange(tx, actor, { address, heldUntil });
  return true;
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
 * Changes when payouts are sent. With immediate payouts, held ones are sent at once.
 * @throws NotFound
 */
export async function setPayoutTiming(
  actor: WorkerActor,
  input: SetPayoutTiming,
): Promise<PayoutSettings> {
  const { timing, thresholdSats } = SetPayoutTiming.parse(input);
  await transaction(async (tx) => {
    const isSet = await setWorkerPayouts(tx, actor, {
      payoutTiming: timing,
      ...(thresholdSats === undefined ? {} : { payoutThresholdSats: BigInt(thresholdSats) }),
    });
    if (!isSet) throw new NotFound('worker');
    if (timing !== 'on_withdrawal' && (await isConfirmed(tx, actor))) {
      await sendKept(tx, { ...actor, onlyIfEnough: true });
    }
  });
  kickOutbox();
  return getPayoutSettings(actor);
}
