import { wallClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { ClockInUse } from './errors';
import { wholeSecond } from './jobs-table';

/** Lease TTL in wall-clock time. */
const LOCK_MS = 60_000;

const lockedUntil = () => new Date(wallClock.nowMs() + LOCK_MS);

/** A test clock leased by one request. */
export interface HeldClock {
  organizationId: string;
  lockId: string;
  nowMs: number;
  /** `stopped`: by this call. `found`: released normally. `abandoned`: its holder crashed. */
  state: 'stopped' | 'found' | 'abandoned';
}

/**
 * Leases the organization's test clock, stopping it if it is running.
 * @throws ClockInUse 409
 */
export async function holdClock(organizationId: string): Promise<HeldClock> {
  const lockId = newId();
  return transaction(async (tx) => {
    const nowAt = new Date(wholeSecond(wallClock.nowMs()));
    const { count } = await tx.testClock.createMany({
      data: [
        { organizationId, nowAt, createdAt: wallClock.now(), lockId, lockedUntil: lockedUntil() },
      ],
      skipDuplicates: true,
    });
    if (count > 0) return { organizationId, lockId, nowMs: nowAt.getTime(), state: 'stopped' };
    const [row] = await tx.$queryRaw<
      { nowAt: Date; lockId: string | null; lockedUntil: Date | null }[]
    >`
      SELECT now_at AS "nowAt", lock_id::text AS "lockId", locked_until AS "lockedUntil"
        FROM test_clocks WHERE organization_id = ${organizationId}::uuid FOR UPDATE`;
    if (!row || (row.lockedUntil && row.lockedUntil > wallClock.now())) throw new ClockInUse();
    await tx.testClock.update({
      where: { organizationId },
      data: { lockId, lockedUntil: lockedUntil() },
    });
    const state = row.lockId === null ? 'found' : 'abandoned';
    return { organizationId, lockId, nowMs: row.nowAt.getTime(), state };
  });
}

/**
 * Moves a leased clock, and renews the lease.
 * @throws ClockInUse 409 if the lease was taken over.
 */
export async function setClock({ organizationId, lockId }: HeldClock, nowMs: number) {
  const { count } = await db.testClock.updateMany({
    where: { organizationId, lockId },
    data: { nowAt: new Date(nowMs), lockedUntil: lockedUntil() },
  });
  if (count === 0) throw new ClockInUse();
}

export async function releaseClock({ organizationId, lockId }: HeldClock): Promise<void> {
  await db.testClock.updateMany({
    where: { organizationId, lockId },
    data: { lockId: null, lockedUntil: null },
  });
}
