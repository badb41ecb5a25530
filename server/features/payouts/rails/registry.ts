import type { Rail as RailRow } from '@/prisma/generated/client';
import { decrypt } from '@/server/platform/crypto';
import { db } from '@/server/platform/db';
import { internalRail } from './internal';
import { isRailKind, openRail } from './kinds';
import type { LightningRail, Rail } from './rail';
import { sandboxRail } from './sandbox';

/** Rails that pay in this database. */
const local: readonly Rail[] = [sandboxRail, internalRail];

/** A rail that an operator has set up. */
export interface ConfiguredRail {
  rail: LightningRail;
  isEnabled: boolean;
  lastOkAt: Date | null;
  lastErrorAt: Date | null;
  /** The most that a payment of this amount may cost on top, in sats. */
  feeLimitSats(amountSats: bigint): bigint;
}

/** The rail of that name, switched off or not; null where there is none. */
export async function findRail(name: string): Promise<Rail | null> {
  const own = local.find((rail) => rail.name === name);
  if (own) return own;
  return findLightningRail(name);
}

/** The Lightning rail of that name, switched off or not; null where there is none. */
export async function findLightningRail(name: string): Promise<LightningRail | null> {
  const row = await db.rail.findUnique({ where: { name } });
  return row && opened(row);
}

/** Every Lightning rail, in the order in which they are to be tried. */
export async function lightningRails(): Promise<ConfiguredRail[]> {
  const rows = await db.rail.findMany({ orderBy: [{ position: 'asc' }, { name: 'asc' }] });
  return rows.map(configured);
}

/** Whether a Lightning rail is set up and switched on. */
export async function hasLightning(): Promise<boolean> {
  return (await lightningRails()).some(({ isEnabled }) => isEnabled);
}

/** What the settings of a rail are encrypted for. */
export const sealOf = (railId: string) => `rail:${railId}`;

const BASIS_POINTS = 10_000n;

function configured(row: RailRow): ConfiguredRail {
  return {
    rail: opened(row),
    isEnabled: row.enabled,
    lastOkAt: row.lastOkAt,
    lastErrorAt: row.lastErrorAt,
    feeLimitSats: (amountSats) =>
      BigInt(row.feeBaseSats) + (amountSats * BigInt(row.feeBasisPoints)) / BASIS_POINTS,
  };
}

/** Rails keep connections, so each is opened once for every version of its settings. */
const open = new Map<string, { version: number; rail: LightningRail }>();

function opened({ id, kind, name, settings, version }: RailRow): LightningRail {
  const known = open.get(id);
  if (known?.version === version) return known.rail;
  known?.rail.close?.();
  if (!isRailKind(kind)) throw new Error(`Rail ${name} is of kind ${kind}, which is not known.`);
  const rail = openRail({ kind, name, settings: JSON.parse(decrypt(settings, sealOf(id))) });
  open.set(id, { version, rail });
  return rail;
}
