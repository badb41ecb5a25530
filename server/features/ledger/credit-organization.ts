import { audit } from '@/server/features/organizations';
import { type Actor, actorLabel, type Mode } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { type Tx, transaction } from '@/server/platform/db';
import { Forbidden, NotFound } from '@/server/platform/errors';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { kickOutbox } from '@/server/platform/outbox';
import { CreditKeyReused, CreditNotLeft, OrganizationClosed } from './errors';
import { openAccounts } from './open-accounts';
import { post } from './post-entries';
import { CreditOrganization, type CreditReceipt, ReverseCredit } from './schema';
import { tellLowBalances } from './watch-balances';

interface Credit {
  key: string;
  organizationId: string;
  mode: Mode;
  amountSats: bigint;
  reverses: string | null;
  reason: string;
}

/** An operator, or the command line. */
function assertCredits(actor: Actor): void {
  if (actor.kind === 'operator' || actor.kind === 'system') return;
  throw new Forbidden('not_allowed', 'Only operators of this instance can credit sats.');
}

/**
 * Credits an organization with sats it has paid for outside of the product, or with play sats.
 * Idempotent by key.
 * @throws Forbidden, NotFound; OrganizationClosed 409; CreditKeyReused 409 if the key was used for
 * another credit.
 */
export async function creditOrganization(
  actor: Actor,
  input: CreditOrganization,
): Promise<CreditReceipt> {
  assertCredits(actor);
  const { key, organizationId, mode, amountSats, reason } = CreditOrganization.parse(input);
  const credit = { key, organizationId, mode, reason, amountSats: BigInt(amountSats) };
  return record(actor, { ...credit, reverses: null });
}

/**
 * Reverses a credit or a part of it, up to the organization's available balance.
 * @throws Forbidden, NotFound; CreditNotLeft 409 if it exceeds what is left of the credit or the
 * balance; CreditKeyReused 409.
 */
export async function reverseCredit(actor: Actor, input: ReverseCredit): Promise<CreditReceipt> {
  assertCredits(actor);
  const { key, creditId, amountSats, reason } = ReverseCredit.parse(input);
  return record(actor, { key, reverses: creditId, amountSats: BigInt(amountSats), reason });
}

type Wanted = Credit | (Pick<Credit, 'key' | 'amountSats' | 'reason'> & { reverses: string });

async function record(actor: Actor, wanted: Wanted): Promise<CreditReceipt> {
  const receipt = await transaction(async (tx) => {
    const credit = 'mode' in wanted ? wanted : await reversalOf(tx, wanted);
    const { organizationId, mode } = credit;
    const organization = await lockOrganization(tx, organizationId);
    const again = await findAgain(tx, credit);
    if (!again) {
      if (organization.closed && credit.reverses === null) throw new OrganizationClosed();
      if (credit.reverses !== null) await assertLeft(tx, credit, credit.reverses);
      await write(tx, actor, credit);
      await tellLowBalances(tx, organizationId);
    }
    const account = await tx.account.findFirst({
      where: { kind: 'organization_available', owner: organizationId, mode },
      select: { balance: true },
    });
    return {
      organizationName: organization.name,
      availableSats: satsToNumber(account?.balance ?? 0n),
      again,
    };
  });
  kickOutbox();
  return receipt;
}

async function reversalOf(
  tx: Tx,
  wanted: Pick<Credit, 'key' | 'amountSats' | 'reason'> & { reverses: string },
): Promise<Credit> {
  const credit = await tx.operatorCredit.findFirst({
    where: { id: wanted.reverses, reverses: null },
    select: { organizationId: true, mode: true },
  });
  if (!credit) throw new NotFound('credit', wanted.reverses);
  return { ...credit, ...wanted };
}

/**
 * Locks the organization's row: the second of two concurrent requests sees the first one's result.
 */
async function lockOrganization(
  tx: Tx,
  organizationId: string,
): Promise<{ name: string; closed: boolean }> {
  const [row] = await tx.$queryRaw<{ name: string; closed: boolean }[]>`
    SELECT name, deleted_at IS NOT NULL AS closed FROM organizations
     WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  if (!row) throw new NotFound('organization', organizationId);
  return row;
}

/** Whether this credit was already made. */
async function findAgain(tx: Tx, credit: Credit): Promise<boolean> {
  const row = await tx.operatorCredit.findUnique({ where: { key: credit.key } });
  if (!row) return false;
  const isSame =
    row.organizationId === credit.organizationId &&
    row.mode === credit.mode &&
    row.amountSats === credit.amountSats &&
    row.reverses === credit.reverses;
  if (!isSame) throw new CreditKeyReused();
  return true;
}

async function assertLeft(tx: Tx, credit: Credit, creditId: string): Promise<void> {
  const { organizationId, mode, amountSats } = credit;
  const given = await tx.operatorCredit.findUniqueOrThrow({ where: { id: creditId } });
  const { _sum } = await tx.operatorCredit.aggregate({
    where: { reverses: creditId },
    _sum: { amountSats: true },
  });
  const left = given.amountSats - (_sum.amountSats ?? 0n);
  if (amountSats > left) throw new CreditNotLeft('credit', left);
  const [account] = await tx.$queryRaw<{ balance: bigint }[]>`
    SELECT balance FROM accounts
     WHERE kind = 'organization_available' AND owner = ${organizationId} AND mode = ${mode}::mode
       FOR NO KEY UPDATE`;
  const available = account?.balance ?? 0n;
  if (amountSats > available) throw new CreditNotLeft('balance', available);
}

async function write(tx: Tx, actor: Actor, credit: Credit): Promise<void> {
  const id = newId();
  const { organizationId, mode, amountSats, reverses, reason } = credit;
  await tx.operatorCredit.create({
    data: { id, ...credit, createdBy: actorLabel(actor), createdAt: clock.now() },
  });
  await openAccounts(tx, {
    mode,
    owner: organizationId,
    kinds: ['organization_available', 'organization_held'],
  });
  const change = reverses === null ? amountSats : -amountSats;
  await post(tx, {
    mode,
    kind: reverses === null ? 'credit' : 'credit_reversal',
    reference: `credit:${id}`,
    moves: [
      // Credits by operators are kept apart from payments over a rail.
      { kind: 'rail_float', owner: 'operator', amountSats: -change },
      { kind: 'organization_available', owner: organizationId, amountSats: change },
    ],
  });
  const action = reverses === null ? 'balance.credited' : 'balance.credit_reversed';
  const facts = { sats: satsToNumber(amountSats), mode, reason };
  await audit(tx, actor, action, `credit:${reverses ?? id}`, facts, organizationId);
}
