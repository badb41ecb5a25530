import {
  assertActsForOrganization,
  assertAllowed,
  audit,
  canSetSpendLimits,
} from '@/server/features/organizations';
import type { Actor, Mode } from '@/server/platform/actor';
import { db, type Tx, transaction } from '@/server/platform/db';
import { satsToNumber } from '@/server/platform/money';
import { kickOutbox } from '@/server/platform/outbox';
import { LimitsChanged } from './errors';
import { getBalance } from './queries';
import { SetSpendLimits, type SpendLimits } from './schema';
import { tellLowBalances } from './watch-balances';

/** The organization's limits in the actor's mode, and whether its balance is low. */
export async function getSpendLimits(actor: Actor): Promise<SpendLimits> {
  const { organizationId, mode } = assertActsForOrganization(actor, 'balance');
  const [balance, limits] = await Promise.all([
    getBalance(actor),
    db.spendLimit.findUnique({ where: { organizationId_mode: { organizationId, mode } } }),
  ]);
  const lowBalanceSats = numberOf(limits?.lowBalanceSats);
  return {
    maxSpendSatsPerDay: numberOf(limits?.maxSpendSatsPerDay),
    lowBalanceSats,
    version: limits?.version ?? 0,
    availableSats: balance.available_sats,
    isLow: lowBalanceSats !== null && balance.available_sats < lowBalanceSats,
  };
}

/**
 * Sets the organization's limits in the actor's mode, effective immediately.
 * @throws NotFound, Forbidden; LimitsChanged 409.
 */
export async function setSpendLimits(actor: Actor, input: SetSpendLimits): Promise<SpendLimits> {
  const { maxSpendSatsPerDay, lowBalanceSats, version } = SetSpendLimits.parse(input);
  const { organizationId, mode } = assertActsForOrganization(actor, 'balance');
  assertAllowed(canSetSpendLimits(actor), 'Only owners and admins can set spend limits.');
  await transaction(async (tx) => {
    await save(
      tx,
      { organizationId, mode, version },
      {
        maxSpendSatsPerDay: bigintOf(maxSpendSatsPerDay),
        lowBalanceSats: bigintOf(lowBalanceSats),
        // A new threshold triggers a new alert.
        lowSince: null,
      },
    );
    await audit(tx, actor, 'spend_limits.changed', `organization:${organizationId}`, {
      mode,
      maxSpendSatsPerDay,
      lowBalanceSats,
    });
    await tellLowBalances(tx, organizationId);
  });
  kickOutbox();
  return getSpendLimits(actor);
}

/** Compare-and-set: of two concurrent changes to the same version, one wins. */
async function save(
  tx: Tx,
  at: { organizationId: string; mode: Mode; version: number },
  data: { maxSpendSatsPerDay: bigint | null; lowBalanceSats: bigint | null; lowSince: null },
): Promise<void> {
  const { organizationId, mode, version } = at;
  const { count } =
    version === 0
      ? await tx.spendLimit.createMany({
          data: [{ organizationId, mode, ...data }],
          skipDuplicates: true,
        })
      : await tx.spendLimit.updateMany({
          where: { organizationId, mode, version },
          data: { ...data, version: { increment: 1 } },
        });
  if (count === 0) throw new LimitsChanged();
}

function numberOf(sats: bigint | null | undefined): number | null {
  return sats == null ? null : satsToNumber(sats);
}

function bigintOf(sats: number | null): bigint | null {
  return sats === null ? null : BigInt(sats);
}
