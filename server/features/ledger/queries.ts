import type { Account, AccountKind } from '@/prisma/generated/client';
import type { Actor, Mode, OrganizationActor, WorkerActor } from '@/server/platform/actor';
import { db } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { satsToNumber } from '@/server/platform/money';
import type { Balance } from './schema';

async function balancesOf(owner: string, mode: Mode): Promise<Map<AccountKind, bigint>> {
  const accounts: Pick<Account, 'kind' | 'balance'>[] = await db.account.findMany({
    where: { owner, mode },
    select: { kind: true, balance: true },
  });
  return new Map(accounts.map((account) => [account.kind, account.balance]));
}

/**
 * The organization's available and held balance in the actor's mode.
 * @throws NotFound if the actor has no organization.
 */
export async function getBalance(actor: Actor): Promise<Balance> {
  const { organizationId, mode } = assertOrganization(actor);
  const balances = await balancesOf(organizationId, mode);
  return {
    object: 'balance',
    mode,
    available_sats: satsToNumber(balances.get('organization_available') ?? 0n),
    held_sats: satsToNumber(balances.get('organization_held') ?? 0n),
  };
}

/** A worker's unsent earnings, and payments in flight. */
export async function workerBalance(
  actor: WorkerActor,
): Promise<{ payableSats: number; inFlightSats: number }> {
  const balances = await balancesOf(actor.workerId, actor.mode);
  return {
    payableSats: satsToNumber(balances.get('worker_payable') ?? 0n),
    inFlightSats: satsToNumber(balances.get('worker_in_flight') ?? 0n),
  };
}

/** Sent minus received over a rail, including the rail's fees. */
export async function railFloatSats(rail: string): Promise<bigint> {
  const [sum] = await db.$queryRaw<{ sats: bigint }[]>`
    SELECT coalesce(sum(e.amount), 0)::bigint AS sats
      FROM accounts a JOIN entries e ON e.account_id = a.id
     WHERE a.kind = 'rail_float' AND a.owner = ${rail}`;
  return sum?.sats ?? 0n;
}

function assertOrganization(actor: Actor): OrganizationActor {
  if (actor.kind === 'key' || actor.kind === 'member') return actor;
  throw new NotFound('balance');
}
