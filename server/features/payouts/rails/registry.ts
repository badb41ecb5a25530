import type { Rail as RailRow } from '@/prisma/generated/client';
import { db } from '@/server/platform/db';
import { internalRail } from './internal';
import { isRailKind, openRail } from './kinds';
import type { LightningRail, Rail } from './rail';
import { noteRailError } from './rail-health';
import { openSettings } from './rail-settings';
import { sandboxRail } from './sandbox';

/** Local rails. */
const local: readonly Rail[] = [sandboxRail, internalRail];

/** A configured rail. */
export interface ConfiguredRail {
  rail: LightningRail;
  isEnabled: boolean;
  lastOkAt: Date | null;
  lastErrorAt: Date | null;
  /** The maximum fee of a payment of this amount, in sats. */
  feeLimitSats(amountSats: bigint): bigint;
}

/** The rail of that name, enabled or not; null if there is none. */
export async function findRail(name: string): Promise<Rail | null> {
  const own = local.find((rail) => rail.name === name);
  if (own) return own;
  return findLightningRail(name);
}

/** The Lightning rail of that name, enabled or not; null if there is none. */
export async function findLightningRail(name: string): Promise<LightningRail | null> {
  const row = await db.rail.findUnique({ where: { name } });
  return row && opened(row);
}

/** Whether a rail cannot look up the payment with this `externalId`. */
export async function cannotBeAsked(
  payment: { rail: string; externalId: string | null } | undefined,
): Promise<boolean> {
  if (!payment || local.some(({ name }) => name === payment.rail)) return false;
  // Unreadable settings are reported in the list of rails.
  const rail = await findLightningRail(payment.rail).catch(() => null);
  return rail?.names !== undefined && !rail.names.has(payment.externalId);
}

/**
 * All Lightning rails in order. One with unreadable settings is skipped and listed with the reason,
 * so that it does not block the others.
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

/** Whether an enabled Lightning rail exists. */
export async function hasLightning(): Promise<boolean> {
  return (await lightningRails()).some(({ isEnabled }) => isEnabled);
}

const BASIS_POINTS = 10_000n;

/** @throws Error if its settings cannot be read. */
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
 * Rails keep connections, so each is opened once per version of its settings; separately in each
 * copy of this module, because a copy only recognizes its own rails' errors.
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
