import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from '../access';
import { readRail } from './list-rails';
import { checkHealth, noteRailError } from './rail-health';
import { configured } from './registry';
import type { RailLine, RailRef } from './schema';

type Row = Parameters<typeof configured>[0];

/** Asks every rail in use how it is. @returns how many answered, and how many did not. */
export async function checkRails(): Promise<{ up: number; down: number }> {
  const rows = await db.rail.findMany({ where: { enabled: true } });
  const answered = await Promise.all(rows.map(check));
  const up = answered.filter(Boolean).length;
  return { up, down: rows.length - up };
}

/**
 * Asks one rail how it is, in use or not.
 * @throws Forbidden for anybody but operators; NotFound.
 */
export async function checkRail(actor: Actor, { id }: RailRef): Promise<RailLine> {
  assertOperator(actor);
  const row = await db.rail.findUnique({ where: { id } });
  if (!row) throw new NotFound('rail', id);
  await check(row);
  return readRail(id);
}

async function check(row: Row): Promise<boolean> {
  try {
    return await checkHealth(configured(row).rail);
  } catch (error) {
    await noteRailError(row, error);
    return false;
  }
}
