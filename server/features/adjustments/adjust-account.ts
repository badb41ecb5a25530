import {
  CreditKeyReused,
  OrganizationClosed,
  openAccounts,
  post,
  tellLowBalances,
} from '@/server/features/ledger';
import { audit } from '@/server/features/organizations';
import {
  createAdjustmentPayout,
  lockUnsentAdjustments,
  takeFromAdjustments,
  type UnsentAdjustment,
} from '@/server/features/payouts';
import { type Actor, actorLabel, type Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { kickOutbox } from '@/server/platform/outbox';
import { assertOperator } from './access';
import { AdjustmentNotReversible, BalanceNotLeft } from './errors';
import {
  AdjustAccount,
  type AdjustedKind,
  type AdjustmentReceipt,
  ReverseAdjustment,
} from './schema';

interface Adjustment {
  key: string;
  mode: Mode;
  accountKind: AdjustedKind;
  owner: string;
  amountSats: bigint;
  reverses: string | null;
  reason: string;
}

/**
 * Adds sats to an organization's or a worker's account, or removes them; the platform's fees are
 * the other side. Sats added to a worker become a payout; only such payouts that are not sent yet
 * can be removed from a worker, latest first. Idempotent by key.
 * @throws Forbidden, NotFound; OrganizationClosed 409; BalanceNotLeft 409 if the account cannot
 * cover it; CreditKeyReused 409 if the key was used for something else.
 */
export async function adjustAccount(
  actor: Actor,
  input: AdjustAccount,
): Promise<AdjustmentReceipt> {
  assertOperator(actor);
  const { amountSats, ...rest } = AdjustAccount.parse(input);
  const adjustment = { ...rest, amountSats: BigInt(amountSats), reverses: null };
  return record(actor, adjustment.key, async () => adjustment);
}

/**
 * Reverses an adjustment in full. An addition to a worker's account can only be reversed while its
 * payout is not sent, which cancels the payout.
 * @throws Forbidden, NotFound; AdjustmentNotReversible 409; BalanceNotLeft 409; CreditKeyReused 409.
 */
export async function reverseAdjustment(
  actor: Actor,
  input: ReverseAdjustment,
): Promise<AdjustmentReceipt> {
  assertOperator(actor);
  const { key, adjustmentId, reason } = ReverseAdjustment.parse(input);
  return record(actor, key, (tx) => reversalOf(tx, { key, adjustmentId, reason }));
}

async function reversalOf(
  tx: Tx,
  { key, adjustmentId, reason }: ReverseAdjustment,
): Promise<Adjustment> {
  const given = await tx.ledgerAdjustment.findUnique({ where: { id: adjustmentId } });
  if (!given) throw new NotFound('adjustment', adjustmentId);
  if (given.reverses !== null) throw new AdjustmentNotReversible('reversal');
  return {
    ...{ key, reason, reverses: adjustmentId, mode: given.mode, owner: given.owner },
    accountKind: given.accountKind as AdjustedKind,
    amountSats: -given.amountSats,
  };
}

async function record(
  actor: Actor,
  key: string,
  wantedOf: (tx: Tx) => Promise<Adjustment>,
): Promise<AdjustmentReceipt> {
  const receipt = await transaction(async (tx) => {
    const adjustment = await wantedOf(tx);
    const { mode, owner, accountKind } = adjustment;
    const isOrganization = accountKind === 'organization_available';
    // Payouts are locked before balances, as everywhere else.
    const unsent = takesFromWorker(adjustment)
      ? await lockUnsentAdjustments(tx, { workerId: owner, mode })
      : [];
    const former = await lockAccount(tx, adjustment);
    const found = await findOwner(tx, adjustment);
    // Read under the account's lock: the second of two concurrent requests sees the first one's
    // result.
    const again = await findAgain(tx, key, adjustment);
    if (!again) {
      await assertAllowed(tx, adjustment, { balance: former, isClosed: found.isClosed });
      const from = takesFromWorker(adjustment) ? await takenFrom(tx, adjustment, unsent) : [];
      await write(tx, actor, adjustment, from);
      if (isOrganization) await tellLowBalances(tx, owner);
    }
    const account = await tx.account.findUniqueOrThrow({
      where: { kind_owner_mode: { kind: accountKind, owner, mode } },
    });
    return { ownerName: found.name, balanceSats: satsToNumber(account.balance), again };
  });
  kickOutbox();
  return receipt;
}

/** Opens the account if needed, and locks its balance until the transaction ends. */
async function lockAccount(tx: Tx, { accountKind, owner, mode }: Adjustment): Promise<bigint> {
  // An organization's accounts are opened together: a hold expects both to exist.
  const kinds =
    accountKind === 'organization_available'
      ? (['organization_available', 'organization_held'] as const)
      : (['worker_payable'] as const);
  await openAccounts(tx, { mode, owner, kinds });
  const [account] = await tx.$queryRaw<{ balance: bigint }[]>`
    SELECT balance FROM accounts
     WHERE kind = ${accountKind}::account_kind AND owner = ${owner} AND mode = ${mode}::mode
       FOR NO KEY UPDATE`;
  return account?.balance ?? 0n;
}

/** @throws NotFound, also for a worker of the other mode. */
async function findOwner(
  tx: Tx,
  { accountKind, owner, mode }: Adjustment,
): Promise<{ name: string; isClosed: boolean }> {
  if (accountKind === 'worker_payable') {
    const worker = await tx.worker.findFirst({ where: { id: owner, mode } });
    if (!worker) throw new NotFound('worker', owner);
    return { name: worker.displayName, isClosed: false };
  }
  const organization = await tx.organization.findUnique({ where: { id: owner } });
  if (!organization) throw new NotFound('organization', owner);
  return { name: organization.name, isClosed: organization.deletedAt !== null };
}

/** Returns this adjustment if it was already made, and rejects a reused key. */
async function findAgain(tx: Tx, key: string, wanted: Adjustment): Promise<boolean> {
  const row = await tx.ledgerAdjustment.findUnique({ where: { key } });
  if (!row) return false;
  const isSame =
    row.mode === wanted.mode &&
    row.accountKind === wanted.accountKind &&
    row.owner === wanted.owner &&
    row.amountSats === wanted.amountSats &&
    row.reverses === wanted.reverses;
  if (!isSame) throw new CreditKeyReused();
  return true;
}

async function assertAllowed(
  tx: Tx,
  { accountKind, amountSats, reverses }: Adjustment,
  { balance, isClosed }: { balance: bigint; isClosed: boolean },
): Promise<void> {
  if (reverses !== null && (await tx.ledgerAdjustment.count({ where: { reverses } })) > 0) {
    throw new AdjustmentNotReversible('reversed');
  }
  if (amountSats > 0n) {
    if (isClosed) throw new OrganizationClosed();
    return;
  }
  if (accountKind === 'organization_available' && -amountSats > balance) {
    throw new BalanceNotLeft('organization', balance);
  }
}

const takesFromWorker = ({ accountKind, amountSats }: Adjustment) =>
  accountKind === 'worker_payable' && amountSats < 0n;

/**
 * The payouts to take sats from: for a reversal the adjustment's own payout, else the latest first.
 * @throws AdjustmentNotReversible, BalanceNotLeft 409.
 */
async function takenFrom(
  tx: Tx,
  { amountSats, reverses }: Adjustment,
  unsent: readonly UnsentAdjustment[],
): Promise<readonly UnsentAdjustment[]> {
  const from =
    reverses === null ? unsent : unsent.filter(({ adjustmentId }) => adjustmentId === reverses);
  const left = from.reduce((sum, payout) => sum + payout.amountSats, 0n);
  if (left >= -amountSats) return from;
  if (reverses === null) throw new BalanceNotLeft('worker', left);
  const payout = await tx.payout.findUnique({ where: { adjustmentId: reverses } });
  if (payout?.status === 'paid' || payout?.status === 'sending') {
    throw new AdjustmentNotReversible(payout.status);
  }
  throw new AdjustmentNotReversible({ leftSats: left });
}

async function write(
  tx: Tx,
  actor: Actor,
  adjustment: Adjustment,
  from: readonly UnsentAdjustment[],
): Promise<void> {
  const id = newId();
  const { mode, owner, accountKind, amountSats, reverses, reason } = adjustment;
  await tx.ledgerAdjustment.create({
    data: { id, ...adjustment, createdBy: actorLabel(actor), createdAt: clock.now() },
  });
  if (takesFromWorker(adjustment)) {
    await takeFromAdjustments(tx, actor, { from, amountSats: -amountSats, reason });
  } else if (accountKind === 'worker_payable') {
    await createAdjustmentPayout(tx, { workerId: owner, mode, adjustmentId: id, amountSats });
  }
  await post(tx, {
    mode,
    kind: reverses === null ? 'adjustment' : 'adjustment_reversal',
    reference: `adjustment:${id}`,
    moves: [
      // Kept apart from task fees and rail costs.
      { kind: 'platform_fees', owner: 'adjustments', amountSats: -amountSats },
      { kind: accountKind, owner, amountSats },
    ],
  });
  const isOrganization = accountKind === 'organization_available';
  const action = reverses === null ? 'balance.adjusted' : 'balance.adjustment_reversed';
  const facts = { sats: satsToNumber(amountSats), mode, reason };
  await audit(
    tx,
    actor,
    action,
    isOrganization ? `organization:${owner}` : `worker:${owner}`,
    { ...facts, adjustment: reverses ?? id },
    isOrganization ? owner : null,
  );
}
