import type { RailReconcile } from '@/prisma/generated/client';
import { railFloatSats } from '@/server/features/ledger';
import { findLightningRail, type LightningRail, noteRailError } from '@/server/features/payouts';
import { clock } from '@/server/platform/clock';
import { db, transaction } from '@/server/platform/db';
import { judgeBalance, type Look } from './balance';
import { openSubjects, recordDifferences, resolveAgreed } from './record-differences';
import { sats } from './sats';
import type { Difference } from './source';

export const BALANCE = 'balance';

/**
 * Compares each Lightning rail's balance with the ledger. Skips rails that do not respond or do not
 * report a balance.
 * @returns how many rails drift, and whether one of them is new.
 */
export async function lookAtBalances(): Promise<{ drifting: number; isNew: boolean }> {
  const rails = await db.rail.findMany({ select: { name: true }, orderBy: { position: 'asc' } });
  const found = { drifting: 0, isNew: false };
  for (const { name } of rails) {
    const judged = await lookAt(name);
    if (!judged?.driftSince) continue;
    found.drifting += 1;
    found.isNew ||= !judged.isTold;
  }
  return found;
}

async function lookAt(name: string) {
  const known = await db.railReconcile.upsert({
    where: { rail: name },
    create: { rail: name },
    update: {},
  });
  const look = await readLook(name, known);
  if (!look) return null;
  const judged = await keep(name, look);
  if (judged.isTold) await recordDifferences(name, [differenceOf(judged.driftSats, look)]);
  else if (!judged.driftSince && (await openSubjects(name)).has(BALANCE)) {
    await resolveAgreed(name, [BALANCE], 'The balance matches again.');
  }
  return judged;
}

/** Uses the state as of the row lock: an operator may resolve a difference concurrently. */
function keep(rail: string, look: Look) {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM rail_reconciles WHERE rail = ${rail} FOR UPDATE`;
    const known = await tx.railReconcile.findUniqueOrThrow({ where: { rail } });
    const { isTold, ...judged } = judgeBalance(known, look);
    await tx.railReconcile.update({
      where: { rail },
      data: { ...judged, balanceAt: look.at, balanceSats: look.balanceSats },
    });
    return { ...judged, isTold };
  });
}

/** Null if the rail does not respond or does not report a balance. */
async function readLook(name: string, { balanceAt }: RailReconcile): Promise<Look | null> {
  const rail = await openRail(name);
  if (!rail) return null;
  const [floatBefore, openBefore] = await Promise.all([railFloatSats(name), openSats(name)]);
  const at = clock.now();
  const balanceSats = await balanceOf(rail);
  if (balanceSats === null) return null;
  const [floatSats, openAfter] = await Promise.all([railFloatSats(name), openSats(name)]);
  const moved = floatSats > floatBefore ? floatSats - floatBefore : floatBefore - floatSats;
  const payments = balanceAt ? await countPayments(name, balanceAt) : 0;
  return { at, balanceSats, floatSats, openSats: openBefore + openAfter + moved, payments };
}

async function openRail(name: string): Promise<LightningRail | null> {
  try {
    return await findLightningRail(name);
  } catch (error) {
    await noteRailError({ name }, error);
    return null;
  }
}

async function balanceOf(rail: LightningRail): Promise<bigint | null> {
  try {
    return (await rail.health()).balanceSats;
  } catch (error) {
    await noteRailError(rail, error);
    return null;
  }
}

/** Upper bound of payments that may have moved at the rail but are not in the ledger yet. */
async function openSats(rail: string): Promise<bigint> {
  const [sum] = await db.$queryRaw<{ sats: bigint }[]>`
    SELECT coalesce(sum(amount_sats + fee_limit_sats), 0)::bigint AS sats FROM (
      SELECT a.amount_sats, a.fee_limit_sats FROM payout_attempts a
       WHERE a.rail = ${rail} AND a.status IN ('sending', 'unknown')
         AND a.id IN (SELECT p.attempt_id FROM payouts p WHERE p.status = 'sending')
      UNION ALL
      SELECT t.amount_sats, t.fee_limit_sats FROM direct_payments t JOIN rails r ON r.id = t.rail_id
       WHERE r.name = ${rail} AND t.status IN ('sending', 'unknown')) open`;
  return sum?.sats ?? 0n;
}

async function countPayments(rail: string, since: Date): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM payout_attempts
     WHERE rail = ${rail} AND payment_hash IS NOT NULL AND finished_at IS NOT NULL
       AND finished_at > ${since}`;
  return row?.count ?? 0;
}

function differenceOf(driftSats: bigint, { balanceSats }: Look): Difference {
  const more = driftSats > 0n;
  const by = sats(more ? driftSats : -driftSats);
  return {
    subject: BALANCE,
    kind: 'balance',
    expected: `By the ledger it should hold ${sats(balanceSats - driftSats)}.`,
    found: `It holds ${sats(balanceSats)}, ${by} ${more ? 'more' : 'less'}.`,
    sats: driftSats,
  };
}
