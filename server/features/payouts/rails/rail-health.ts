import type { Rail as RailRow } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { isLocalRail } from './local-rails';
import type { LightningRail, Rail } from './rail';

/** A rail's success is recorded at most this often, to avoid a hot row. */
const NOTED_MS = 10_000;

/** Records a rail's success. Local rails have no health. */
export async function noteRailOk({ name }: Rail): Promise<void> {
  if (isLocalRail(name)) return;
  const now = clock.now();
  await db.$executeRaw`
    UPDATE rails SET last_ok_at = ${now}
     WHERE name = ${name}
       AND (last_ok_at IS NULL OR last_ok_at < ${new Date(now.getTime() - NOTED_MS)}
            OR last_ok_at < last_error_at)`;
}

/** Records a rail's failure and its message. */
export async function noteRailError({ name }: Pick<Rail, 'name'>, error: unknown): Promise<void> {
  if (isLocalRail(name)) return;
  const lastError = error instanceof Error ? error.message : String(error);
  await db.rail.updateMany({ where: { name }, data: { lastErrorAt: clock.now(), lastError } });
}

/**
 * Checks a rail's health and records the result.
 * @returns whether it is available.
 */
export async function checkHealth(rail: LightningRail): Promise<boolean> {
  try {
    const { balanceSats } = await rail.health();
    await db.rail.updateMany({
      where: { name: rail.name },
      data: { lastOkAt: clock.now(), balanceSats, lastError: null },
    });
    return true;
  } catch (error) {
    await noteRailError(rail, error);
    return false;
  }
}

/** Whether a rail failed its last check. */
export function isDown({ lastOkAt, lastErrorAt }: Pick<RailRow, 'lastOkAt' | 'lastErrorAt'>) {
  return lastErrorAt !== null && (lastOkAt === null || lastErrorAt > lastOkAt);
}

/** Whether a rail is below its minimum balance. */
export function isBelow(row: Pick<RailRow, 'balanceSats' | 'lowBalanceSats'>): boolean {
  const { balanceSats, lowBalanceSats } = row;
  return balanceSats !== null && lowBalanceSats !== null && balanceSats < lowBalanceSats;
}

/** Rails in use that need attention. */
export interface TroubledRails {
  /** Unavailable ones, with their last error. */
  down: { name: string; error: string; since: Date }[];
  low: { name: string; balanceSats: number }[];
  /** The number in use. */
  enabled: number;
}

export async function troubledRails(): Promise<TroubledRails> {
  const rows = await db.rail.findMany({ where: { enabled: true }, orderBy: { position: 'asc' } });
  return {
    down: rows.filter(isDown).map(({ name, lastError, lastOkAt, createdAt }) => ({
      ...{ name, error: lastError ?? '', since: lastOkAt ?? createdAt },
    })),
    low: rows.filter(isBelow).map(({ name, balanceSats }) => ({
      ...{ name, balanceSats: satsToNumber(balanceSats ?? 0n) },
    })),
    enabled: rows.length,
  };
}
