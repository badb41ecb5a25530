import type { DirectPayment, Rail as RailRow } from '@/prisma/generated/client';
import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, isUniqueViolation, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from '../access';
import { payDirectly } from './direct-payment';
import { TestUnderWay } from './errors';
import { readRail } from './list-rails';
import { configured } from './registry';
import type { RailLine, TestRail } from './schema';

const TEST_SATS = 1n;

/**
 * Pays one sat from the platform to a Lightning address or an invoice.
 * @throws Forbidden unless the actor is an operator; NotFound; TestUnderWay 409.
 */
export async function testRail(actor: Actor, input: TestRail): Promise<RailLine> {
  assertOperator(actor);
  const row = await db.rail.findUnique({ where: { id: input.id } });
  if (!row) throw new NotFound('rail', input.id);
  const { rail, feeLimitSats } = configured(row);
  const test = await begin(actor, row, input, feeLimitSats(TEST_SATS));
  if (test) await payDirectly(rail, test);
  return readRail(row.id);
}

/** @returns null if this test was already made. */
async function begin(
  actor: Actor,
  row: RailRow,
  { key, destination }: TestRail,
  feeLimitSats: bigint,
): Promise<DirectPayment | null> {
  if (await db.directPayment.findUnique({ where: { id: key } })) return null;
  const created = { createdBy: actorLabel(actor), createdAt: clock.now() };
  try {
    return await transaction(async (tx) => {
      const data = {
        ...{ id: key, purpose: 'test' as const, railId: row.id },
        ...{ destination, amountSats: TEST_SATS, feeLimitSats },
      };
      const test = await tx.directPayment.create({ data: { ...data, ...created } });
      await audit(tx, actor, 'rail.tested', `rail:${row.id}`, { name: row.name, destination });
      return test;
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new TestUnderWay();
    throw error;
  }
}
