import type { Worker } from '@/prisma/generated/client';
import { openAccount } from '@/server/features/organizations';
import { getSettingForShare } from '@/server/features/settings';
import { clock } from '@/server/platform/clock';
import { db, type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { createWorker } from './create-worker';
import { SignUpWorker } from './schema';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Signs up a new user, who is asked to confirm their address, as a worker of the public pool
 * without skills.
 * @returns null if the address has an account, whose owner is then e-mailed; see `openAccount`.
 * @throws TooManySignUps 429; ZodError for an invalid name, address or password.
 */
export async function signUpWorker(
  input: SignUpWorker,
  network: string | null = null,
): Promise<{ workerId: string } | null> {
  const person = SignUpWorker.parse(input);
  return openAccount(person, { network, next: '/work/sign-up' }, async (tx, user) => {
    const newcomer = { userId: user.id, displayName: user.name, organizationId: null };
    return { workerId: (await enrolWorker(tx, newcomer)).id };
  });
}

/**
 * Makes an existing user, such as a customer, a worker of the public pool.
 * @throws WorkerExists 409, NotFound
 */
export async function becomeWorker(userId: string): Promise<{ workerId: string }> {
  const user = await db.user.findUnique({ where: { id: userId }, select: { name: true } });
  if (!user) throw new NotFound('user', userId);
  const worker = await transaction((tx) =>
    enrolWorker(tx, { userId, displayName: user.name, organizationId: null }),
  );
  return { workerId: worker.id };
}

/**
 * Makes a user a live worker of the public pool, or of an organization's own. If the instance
 * requires vetting, new workers of the public pool wait for an operator; an organization vouches
 * for its own people.
 * @throws WorkerExists 409
 */
export async function enrolWorker(
  tx: Tx,
  input: { userId: string; displayName: string; organizationId: string | null },
): Promise<Worker> {
  const { userId, displayName, organizationId } = input;
  const isPublic = organizationId === null;
  const waits = isPublic && (await getSettingForShare(tx, 'requireVetting'));
  return createWorker(tx, {
    userId,
    mode: 'live',
    displayName,
    skills: [],
    poolOrganizationId: organizationId,
    // Only approved workers are active; see transition.ts.
    ...(isPublic ? { payoutsHeldUntil: await endOfFirstDays(tx) } : {}),
    ...(waits ? { vetting: 'waiting', status: 'paused' } : {}),
  });
}

/** Until when a new worker's earnings are held; null if operators disabled it. */
async function endOfFirstDays(tx: Tx): Promise<Date | null> {
  const { newWorkerHoldDays } = await getSettingForShare(tx, 'payouts');
  return newWorkerHoldDays === 0 ? null : new Date(clock.nowMs() + newWorkerHoldDays * DAY_MS);
}
