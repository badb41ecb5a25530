import type { Rail as RailRow } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { Prisma, type Tx, transaction } from '@/server/platform/db';
import { InvalidRequest, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { assertOperator } from '../access';
import { RailChanged, RailInUse, RailNameTaken, RailOfEnvironment } from './errors';
import { readRail } from './list-rails';
import { readSettings, sealSettings } from './rail-settings';
import type {
  AddRail,
  ChangeRail,
  OrderRails,
  RailKind,
  RailLine,
  SwitchRail,
  VersionedRail,
} from './schema';
import { RailSettings } from './schema';
import { isUsed } from './used-rails';

const AFTER_ALL = Prisma.sql`(SELECT coalesce(max(position), 0) + 1 FROM rails)`;

/**
 * Adds a rail at the end of the order.
 * @throws Forbidden unless the actor is an operator; InvalidRequest for invalid settings;
 * RailNameTaken 409.
 */
export async function addRail(actor: Actor, input: AddRail): Promise<RailLine> {
  assertOperator(actor);
  const { kind, name, feeBaseSats, feeBasisPoints, lowBalanceSats } = input;
  const settings = checked(kind, input.settings);
  const id = newId();
  const now = clock.now();
  await transaction(async (tx) => {
    const added = await tx.$executeRaw`
      INSERT INTO rails (id, kind, name, position, settings, fee_base_sats, fee_basis_points,
                         low_balance_sats, updated_by, created_at, updated_at)
      VALUES (${id}::uuid, ${kind}, ${name}, ${AFTER_ALL}, ${sealSettings(id, settings)}, ${feeBaseSats},
              ${feeBasisPoints}, ${lowBalanceSats}, ${actorLabel(actor)}, ${now}, ${now})
          ON CONFLICT (name) DO NOTHING`;
    if (added === 0) throw new RailNameTaken(name);
    const facts = { kind, name, feeBaseSats, feeBasisPoints, lowBalanceSats };
    await audit(tx, actor, 'rail.added', `rail:${id}`, facts);
  });
  return readRail(id);
}

/**
 * Changes a rail's settings, fee limit and alert threshold. Omitted secrets are kept.
 * @throws Forbidden unless the actor is an operator; NotFound; InvalidRequest; RailOfEnvironment
 * 409 if configured by the environment; RailChanged 409 if changed since it was loaded.
 */
export async function changeRail(actor: Actor, input: ChangeRail): Promise<RailLine> {
  assertOperator(actor);
  const { id, feeBaseSats, feeBasisPoints, lowBalanceSats } = input;
  await transaction(async (tx) => {
    const row = await lockRail(tx, input);
    const given = Object.entries(input.settings ?? {});
    if (given.length > 0 && row.source === 'environment') throw new RailOfEnvironment(row.name);
    const sealed = given.length > 0 ? { settings: resealed(row, input.settings ?? {}) } : {};
    await update(tx, actor, row, {
      ...sealed,
      ...{ feeBaseSats, feeBasisPoints, lowBalanceSats },
    });
    await audit(tx, actor, 'rail.changed', `rail:${id}`, {
      ...{ name: row.name, feeBaseSats, feeBasisPoints, lowBalanceSats },
      // Only names, because values may be secret.
      settings: given.map(([name]) => name),
    });
  });
  return readRail(id);
}

/**
 * Disables or enables a rail. Payments in progress are still looked up.
 * @throws Forbidden unless the actor is an operator; NotFound; RailOfEnvironment, RailChanged 409.
 */
export async function switchRail(actor: Actor, input: SwitchRail): Promise<RailLine> {
  assertOperator(actor);
  const { id, enabled } = input;
  await transaction(async (tx) => {
    const row = await lockRail(tx, input);
    if (row.source === 'environment') throw new RailOfEnvironment(row.name);
    if (row.enabled === enabled) return;
    await update(tx, actor, row, { enabled });
    const action = enabled ? 'rail.enabled' : 'rail.disabled';
    await audit(tx, actor, action, `rail:${id}`, { name: row.name });
  });
  return readRail(id);
}

/**
 * Removes a rail that was never used.
 * @throws Forbidden unless the actor is an operator; NotFound; RailOfEnvironment, RailChanged,
 * RailInUse 409.
 */
export async function removeRail(actor: Actor, input: VersionedRail): Promise<void> {
  assertOperator(actor);
  await transaction(async (tx) => {
    const row = await lockRail(tx, input);
    if (row.source === 'environment') throw new RailOfEnvironment(row.name);
    if (await isUsed(tx, row)) throw new RailInUse(row.name);
    await tx.rail.delete({ where: { id: row.id } });
    await audit(tx, actor, 'rail.removed', `rail:${row.id}`, { name: row.name, kind: row.kind });
  });
}

/**
 * Sets the order in which rails are tried.
 * @throws Forbidden unless the actor is an operator; RailChanged 409 if the list is incomplete.
 */
export async function orderRails(actor: Actor, { ids }: OrderRails): Promise<void> {
  assertOperator(actor);
  await transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT id::text, name FROM rails ORDER BY id FOR UPDATE`;
    const isAll = rows.length === ids.length && rows.every(({ id }) => ids.includes(id));
    if (!isAll) throw new RailChanged();
    await tx.$executeRaw`
      UPDATE rails SET position = array_position(${ids}::uuid[], id)`;
    const names = ids.map((id) => rows.find((row) => row.id === id)?.name ?? '');
    await audit(tx, actor, 'rail.ordered', 'rails', { order: names });
  });
}

/** Merges the given settings into a rail's and encrypts them. */
function resealed(row: RailRow, given: Record<string, string>): string {
  const merged = Object.entries({ ...readSettings(row), ...given });
  const left = Object.fromEntries(merged.filter(([, value]) => value !== ''));
  return sealSettings(row.id, checked(row.kind as RailKind, left));
}

/** Validates settings by kind. */
function checked(kind: RailKind, given: Record<string, string>): Record<string, string> {
  const parsed = RailSettings[kind].safeParse(given);
  if (parsed.success) return parsed.data as Record<string, string>;
  throw InvalidRequest.fromFaults(
    parsed.error.issues.map(({ path, message }) => ({
      ...{ param: String(path[0] ?? 'settings'), code: 'invalid_field', message },
    })),
  );
}

/** Locks the row until the transaction ends. */
async function lockRail(tx: Tx, { id, version }: VersionedRail): Promise<RailRow> {
  await tx.$queryRaw`SELECT 1 FROM rails WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.rail.findUnique({ where: { id } });
  if (!row) throw new NotFound('rail', id);
  if (row.version !== version) throw new RailChanged();
  return row;
}

async function update(
  tx: Tx,
  actor: Actor,
  { id }: RailRow,
  data: Prisma.RailUpdateInput,
): Promise<void> {
  const changed = { updatedBy: actorLabel(actor), updatedAt: clock.now() };
  await tx.rail.update({
    where: { id },
    data: { ...data, ...changed, version: { increment: 1 } },
  });
}
