import type { DirectPayment, Rail as RailRow } from '@/prisma/generated/client';
import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import { assertOperator } from '../access';
import { RAIL_FORMS, type RailKind } from './policy';
import { isBelow, isDown } from './rail-health';
import { readSettings } from './rail-settings';
import type { RailLine, RailTestLine } from './schema';
import { usedRails } from './used-rails';

type Row = RailRow & { payments: DirectPayment[] };
const WITH_LAST_TEST = {
  payments: { where: { purpose: 'test' }, orderBy: { id: 'desc' }, take: 1 },
} as const;

/**
 * All Lightning rails, in order.
 * @throws Forbidden unless the actor is an operator.
 */
export async function listConfiguredRails(actor: Actor): Promise<RailLine[]> {
  assertOperator(actor);
  const orderBy = [{ position: 'asc' }, { name: 'asc' }] as const;
  const rows = await db.rail.findMany({ orderBy: [...orderBy], include: WITH_LAST_TEST });
  const used = await usedRails(
    db,
    rows.map(({ name }) => name),
  );
  return rows.map((row) => lineOf(row, used.has(row.name)));
}

/** One rail's current state. */
export async function readRail(id: string): Promise<RailLine> {
  const row = await db.rail.findUnique({ where: { id }, include: WITH_LAST_TEST });
  if (!row) throw new NotFound('rail', id);
  return lineOf(row, (await usedRails(db, [row.name])).has(row.name));
}

function lineOf(row: Row, isUsed: boolean): RailLine {
  const kind = row.kind as RailKind;
  const { source, payments } = row;
  const settings = readSettings(row) ?? {};
  const secret = new Set(RAIL_FORMS[kind].fields.flatMap((f) => (f.isSecret ? [f.name] : [])));
  const lowest = row.lowBalanceSats;
  return {
    ...{ id: row.id, kind, name: row.name, enabled: row.enabled, isUsed },
    source: source === 'environment' ? source : 'operator',
    settings: Object.fromEntries(Object.entries(settings).filter(([name]) => !secret.has(name))),
    secrets: Object.keys(settings).filter((name) => secret.has(name)),
    ...{ feeBaseSats: row.feeBaseSats, feeBasisPoints: row.feeBasisPoints },
    lowBalanceSats: lowest === null ? null : satsToNumber(lowest),
    health: isDown(row) ? 'down' : row.lastOkAt === null ? 'unknown' : 'up',
    ...{ lastOkAt: row.lastOkAt, lastErrorAt: row.lastErrorAt, lastError: row.lastError },
    balanceSats: row.balanceSats === null ? null : satsToNumber(row.balanceSats),
    isLow: isBelow(row),
    lastTest: payments[0] ? testLineOf(payments[0]) : null,
    ...{ version: row.version, updatedAt: row.updatedAt },
  };
}

function testLineOf(test: DirectPayment): RailTestLine {
  const { id, status, destination, preimage, error, createdAt, finishedAt } = test;
  const feeSats = satsToNumber(test.feeSats);
  return { id, status, destination, preimage, error, createdAt, finishedAt, feeSats };
}
