import { wallClock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { ClockInUse } from './errors';
import { wholeSecond } from './jobs-table';

/** A request that is not heard of for so long, by the wall clock, is taken for dead. */
const LOCK_MS = 60_000;

const lockedUntil = () => new Date(wallClock.nowMs() + LOCK_MS);

/** A test clock that one request has to itself. */
export interface HeldClock {
  organizationId: string;
  lockId: string;
  nowMs: number;
  /** `stopped`: just now. `found`: as it was left. `abandoned`: whoever had it was cut off. */
  state: 'stopped' | 'found' | 'abandoned';
}

/**
 * Takes the organization's test clock for the caller alone; where time passes, the clock stops.
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
 * Moves a held clock to an instant, and says that its holder is alive.
 * @throws ClockInUse 409 where somebody else has it by now.
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
