import type { Rail as RailRow, RailTest } from '@/prisma/generated/client';
import { postAll, railTestPosting } from '@/server/features/ledger';
import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { db, Prisma, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { assertOperator } from '../access';
import { LOOKUP_DELAY_MS } from '../lifecycle';
import { lookUpOn, payOn, prepareOn } from './call-rail';
import { TestUnderWay } from './errors';
import { readRail } from './list-rails';
import type { LightningRail, Paid, PreparedRequest, RailResult } from './rail';
import { noteRailError } from './rail-health';
import { configured } from './registry';
import type { RailLine, TestRail } from './schema';

const TEST_SATS = 1n;
const UNDER_WAY = ['sending', 'unknown'] as const;

/**
 * Pays one sat of the platform's own to a Lightning address or an invoice, as a payout is paid: what will be
 * sent is kept before it is, and an outcome that is not known is looked up, never sent again.
 * @throws Forbidden for anybody but operators; NotFound; TestUnderWay 409.
 */
export async function testRail(actor: Actor, input: TestRail): Promise<RailLine> {
  assertOperator(actor);
  const row = await db.rail.findUnique({ where: { id: input.id } });
  if (!row) throw new NotFound('rail', input.id);
  const { rail, feeLimitSats } = configured(row);
  const test = await begin(actor, row, input, feeLimitSats(TEST_SATS));
  if (test) await pay(rail, test);
  return readRail(row.id);
}

/** Asks what became of tests that are not known yet. */
export async function lookUpTests(): Promise<void> {
  const before = new Date(clock.nowMs() - LOOKUP_DELAY_MS);
  const open = await db.railTest.findMany({
    where: {
      OR: [
        { status: 'reserved', createdAt: { lt: before } },
        { status: 'sending', sentAt: { lt: before } },
        { status: 'unknown' },
      ],
    },
    include: { rail: true },
  });
  for (const { rail: row, ...test } of open) {
    if (test.status === 'reserved') await fail(test, 'It was cut off before anything was sent.');
    else await lookUp(row, test);
  }
}

/** @returns null where this very test was made before. */
async function begin(
  actor: Actor,
  row: RailRow,
  { key, destination }: TestRail,
  feeLimitSats: bigint,
): Promise<RailTest | null> {
  if (await db.railTest.findUnique({ where: { id: key } })) return null;
  const created = { createdBy: actorLabel(actor), createdAt: clock.now() };
  try {
    return await transaction(async (tx) => {
      const data = { id: key, railId: row.id, destination, amountSats: TEST_SATS, feeLimitSats };
      const test = await tx.railTest.create({ data: { ...data, ...created } });
      await audit(tx, actor, 'rail.tested', `rail:${row.id}`, { name: row.name, destination });
      return test;
    });
  } catch (error) {
    if (isTaken(error)) throw new TestUnderWay();
    throw error;
  }
}

const isTaken = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

async function pay(rail: LightningRail, test: RailTest): Promise<void> {
  const sending = await prepare(rail, test);
  if (!sending) return;
  const result = await payOn(rail, requestOf(sending));
  if (result.status === 'lost') await setUnknown(sending, result.reason);
  else await record(rail, sending, result);
}

/** @returns the test as it may be sent; null where it may not. */
async function prepare(rail: LightningRail, test: RailTest): Promise<RailTest | null> {
  const prepared = await prepareOn(rail, requestOf(test));
  if (prepared.status === 'refused') {
    await fail(test, prepared.reason);
    return null;
  }
  const { paymentHash } = prepared.preparation;
  const isUsed =
    paymentHash !== null &&
    (await db.payoutAttempt.count({ where: { paymentHash, status: { not: 'failed' } } })) > 0;
  const [sending] = isUsed
    ? []
    : await db.railTest
        .updateManyAndReturn({
          where: { id: test.id, status: 'reserved' },
          data: { ...prepared.preparation, status: 'sending', sentAt: clock.now() },
        })
        .catch((error: unknown) => {
          if (isTaken(error)) return [];
          throw error;
        });
  if (sending) return sending;
  await fail(test, 'This invoice was paid before. Use another.');
  return null;
}

async function lookUp(row: RailRow, test: RailTest): Promise<void> {
  let rail: LightningRail;
  try {
    ({ rail } = configured(row));
  } catch (error) {
    await noteRailError(row, error);
    return;
  }
  const found = await lookUpOn(rail, requestOf(test));
  if (found) await record(rail, test, found);
}

async function record(rail: LightningRail, test: RailTest, result: RailResult): Promise<void> {
  if (result.status === 'paid') await settle(rail, test, result);
  else if (result.status === 'refused') await fail(test, result.reason);
  else await setUnknown(test, 'It is on its way.', result.externalId);
}

async function settle(rail: LightningRail, test: RailTest, paid: Paid): Promise<void> {
  const { externalId, preimage, feeSats } = paid;
  await transaction(async (tx) => {
    const { count } = await tx.railTest.updateMany({
      where: { id: test.id, status: { in: [...UNDER_WAY] } },
      data: {
        ...{ status: 'settled', externalId, preimage, feeSats },
        ...{ error: null, finishedAt: clock.now() },
      },
    });
    if (count === 0) return;
    const spent = { testId: test.id, rail: rail.name, amountSats: test.amountSats, feeSats };
    await postAll(tx, [railTestPosting(spent)]);
  });
}

async function fail({ id, status }: RailTest, error: string): Promise<void> {
  await db.railTest.updateMany({
    where: { id, status: status === 'reserved' ? status : { in: [...UNDER_WAY] } },
    data: { status: 'failed', error, finishedAt: clock.now() },
  });
}

async function setUnknown({ id }: RailTest, error: string, externalId?: string): Promise<void> {
  await db.railTest.updateMany({
    where: { id, status: { in: [...UNDER_WAY] } },
    data: { status: 'unknown', error, ...(externalId ? { externalId } : {}) },
  });
}

function requestOf(test: RailTest): PreparedRequest {
  const { id, amountSats, destination, feeLimitSats } = test;
  const { invoice, paymentHash, externalId, expiresAt } = test;
  return {
    ...{ attemptId: id, amountSats, destination, feeLimitSats, mode: 'live' },
    preparation: { invoice, paymentHash, externalId, expiresAt },
  };
}
