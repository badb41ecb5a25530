import type { Rail as RailRow } from '@/prisma/generated/client';
import { clock } from '@/server/platform/clock';
import { db } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { isLocalRail } from './local-rails';
import type { LightningRail, Rail } from './rail';

/** That a rail answers is written down this often at the most, so that its row is not a hot one. */
const NOTED_MS = 10_000;

/** Notes that a rail has answered. Rails of this database are not asked how they are. */
export async function noteRailOk({ name }: Rail): Promise<void> {
  if (isLocalRail(name)) return;
  const now = clock.now();
  await db.$executeRaw`
    UPDATE rails SET last_ok_at = ${now}
     WHERE name = ${name}
       AND (last_ok_at IS NULL OR last_ok_at < ${new Date(now.getTime() - NOTED_MS)}
            OR last_ok_at < last_error_at)`;
}

/** Notes that a rail gave no answer, and why. */
export async function noteRailError({ name }: Pick<Rail, 'name'>, error: unknown): Promise<void> {
  if (isLocalRail(name)) return;
  const lastError = error instanceof Error ? error.message : String(error);
  await db.rail.updateMany({ where: { name }, data: { lastErrorAt: clock.now(), lastError } });
}

/**
 * Asks a rail how it is, and notes what it says.
 * @returns whether it answered.
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

/** Whether a rail gave no answer when it was asked last. */
export function isDown({ lastOkAt, lastErrorAt }: Pick<RailRow, 'lastOkAt' | 'lastErrorAt'>) {
  return lastErrorAt !== null && (lastOkAt === null || lastErrorAt > lastOkAt);
}

/** Whether a rail holds less than operators want it to hold. */
export function isBelow(row: Pick<RailRow, 'balanceSats' | 'lowBalanceSats'>): boolean {
  const { balanceSats, lowBalanceSats } = row;
  return balanceSats !== null && lowBalanceSats !== null && balanceSats < lowBalanceSats;
}

/** Rails in use that need somebody. */
export interface TroubledRails {
  /** Those that do not answer, with what they said last. */
  down: { name: string; error: string; since: Date }[];
  low: { name: string; balanceSats: number }[];
  /** How many are in use. */
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
