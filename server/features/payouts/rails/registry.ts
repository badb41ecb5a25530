import type { Rail as RailRow } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { internalRail } from './internal';
import { isRailKind, openRail } from './kinds';
import type { LightningRail, Rail } from './rail';
import { noteRailError } from './rail-health';
import { openSettings } from './rail-settings';
import { sandboxRail } from './sandbox';

/** Rails that pay in this database. */
const local: readonly Rail[] = [sandboxRail, internalRail];

/** A rail that is set up. */
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

/** Whether a rail has no way to say what became of a payment that is known by `externalId`. */
export async function cannotBeAsked(
  payment: { rail: string; externalId: string | null } | undefined,
): Promise<boolean> {
  if (!payment || local.some(({ name }) => name === payment.rail)) return false;
  // Settings that cannot be read are shown where rails are.
  const rail = await findLightningRail(payment.rail).catch(() => null);
  return rail?.names !== undefined && !rail.names.has(payment.externalId);
}

/**
 * Every Lightning rail, in the order in which they are to be tried. One whose settings cannot be read is
 * left out, and shown with the reason: it must not stand in the way of the others.
 */
export async function lightningRails(): Promise<ConfiguredRail[]> {
  const rows = await db.rail.findMany({ orderBy: [{ position: 'asc' }, { name: 'asc' }] });
  const rails: ConfiguredRail[] = [];
  for (const row of rows) {
    try {
      rails.push(configured(row));
    } catch (error) {
      await noteRailError(row, error);
    }
  }
  return rails;
}

/** Whether a Lightning rail is set up and switched on. */
export async function hasLightning(): Promise<boolean> {
  return (await lightningRails()).some(({ isEnabled }) => isEnabled);
}

const BASIS_POINTS = 10_000n;

/** @throws Error where its settings cannot be read. */
export function configured(row: RailRow): ConfiguredRail {
  return {
    rail: opened(row),
    isEnabled: row.enabled,
    lastOkAt: row.lastOkAt,
    lastErrorAt: row.lastErrorAt,
    feeLimitSats: (amountSats) =>
      BigInt(row.feeBaseSats) + (amountSats * BigInt(row.feeBasisPoints)) / BASIS_POINTS,
  };
}

/**
 * Rails keep connections, so each is opened once for every version of its settings: in each copy of this module, since
 * a copy knows the errors of its own rails only.
 */
const open = new Map<string, { version: number; rail: LightningRail }>();

function opened(row: RailRow): LightningRail {
  const { id, kind, name, version } = row;
  const known = open.get(id);
  if (known?.version === version) return known.rail;
  known?.rail.close?.();
  if (!isRailKind(kind)) throw new Error(`Rail ${name} is of kind ${kind}, which is not known.`);
  const rail = openRail({ kind, name, settings: openSettings(row) });
  open.set(id, { version, rail });
  return rail;
}
