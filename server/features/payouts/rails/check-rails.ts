import type { Actor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from '../access';
import { readRail } from './list-rails';
import { checkHealth, noteRailError } from './rail-health';
import { configured } from './registry';
import type { RailLine, RailRef } from './schema';

type Row = Parameters<typeof configured>[0];

/**
 * Checks the health of every rail in use. @returns the numbers of available and unavailable ones.
 */
export async function checkRails(): Promise<{ up: number; down: number }> {
  const rows = await db.rail.findMany({ where: { enabled: true } });
  const answered = await Promise.all(rows.map(check));
  const up = answered.filter(Boolean).length;
  return { up, down: rows.length - up };
}

/**
 * Checks one rail's health, in use or not.
 * @throws Forbidden unless the actor is an operator; NotFound.
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
