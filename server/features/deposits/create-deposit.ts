import type { Deposit as DepositRow, Prisma } from '@/prisma/generated/client';
import { deposit } from '@/server/features/ledger';
import { audit } from '@/server/features/organizations';
import type { Actor, OrganizationActor } from '@/server/platform/actor';
import { actorLabel } from '@/server/platform/actor';
import { clock } from '@/server/platform/clock';
import { randomBase62, sha256Hex } from '@/server/platform/crypto';
import { db, type Tx, transaction } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { enqueue, kickOutbox } from '@/server/platform/outbox';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { assertDeposits } from './access';
import { checkDelayMs } from './check-schedule';
import { DepositKeyReused, TooManyDeposits } from './errors';
import { makeInvoice } from './make-invoice';
import { renderDeposit } from './queries';
import { AddFunds, DEPOSIT_SECONDS, type Deposit } from './schema';

/** Per organization and mode; each deposit is an invoice stored by the operator's node. */
const BEGUN: RateLimit = { limit: 60, windowSeconds: 3_600 };
/** 62^43 is more than 2^256. */
const TOKEN_CHARS = 43;

/**
 * Creates a deposit: in live mode with an invoice of the first Lightning rail that issues one,
 * stored before it is returned; in test mode play sats are credited at once. Idempotent by key.
 * @throws NotFound, Forbidden; NoRail, NoRailAnswers 409; DepositKeyReused 409; TooManyDeposits 429.
 */
export async function createDeposit(actor: Actor, input: AddFunds): Promise<Deposit> {
  const { key, amountSats } = AddFunds.parse(input);
  const depositor = assertDeposits(actor);
  const wanted = { depositor, key, amountSats: BigInt(amountSats), about: 'Deposit' };
  const before = await findByKey(wanted);
  if (before) return renderDeposit(before);
  const { organizationId, mode } = depositor;
  const taken = await consume(`deposits:${mode}:${organizationId}`, BEGUN);
  if (!taken.allowed) throw new TooManyDeposits(taken.retryAfterSeconds);
  return renderDeposit(await (mode === 'live' ? openDeposit : playDeposit)(wanted));
}

interface Wanted {
  depositor: OrganizationActor;
  key: string;
  amountSats: bigint;
  /** The invoice's description, such as `Deposit`. */
  about: string;
}

/** The deposit that the key already created, or null. */
async function findByKey({
  depositor,
  key,
  amountSats,
}: Omit<Wanted, 'about'>): Promise<DepositRow | null> {
  const { organizationId, mode } = depositor;
  const row = await db.deposit.findUnique({
    where: { organizationId_mode_key: { organizationId, mode, key } },
  });
  if (row && row.amountSats !== amountSats) throw new DepositKeyReused();
  return row;
}

/**
 * Creates a live deposit for a caller that has already checked permissions and rate limits.
 * @throws NoRail, NoRailAnswers 409
 */
export async function openDeposit(wanted: Wanted): Promise<DepositRow> {
  const token = randomBase62(TOKEN_CHARS);
  const { rail, invoice, paymentHash, expiresAt } = await makeInvoice({
    ...{ amountSats: wanted.amountSats, about: wanted.about },
    expirySeconds: DEPOSIT_SECONDS,
    notifyUrl: `${env.PUBLIC_URL}/api/rails/deposits/${token}`,
  });
  const createdAt = clock.now();
  const nextCheckAt = checkAt({ createdAt, expiresAt });
  const notifyHash = sha256Hex(token);
  return save(
    wanted,
    { rail, invoice, paymentHash, notifyHash, createdAt, expiresAt, nextCheckAt },
    (tx, { id }) =>
      enqueue(tx, [
        { topic: 'deposit.created', key: `deposit.created:${id}`, data: { depositId: id } },
      ]),
  );
}

async function playDeposit(wanted: Wanted): Promise<DepositRow> {
  const { amountSats, depositor } = wanted;
  const createdAt = clock.now();
  return save(
    wanted,
    {
      ...{ rail: 'sandbox', status: 'settled', receivedSats: amountSats },
      ...{ createdAt, settledAt: createdAt },
      expiresAt: new Date(createdAt.getTime() + DEPOSIT_SECONDS * 1_000),
    },
    async (tx, { id }) => {
      const { organizationId, mode } = depositor;
      await deposit(tx, { mode, organizationId, amountSats, reference: id });
    },
  );
}

/** Stores the deposit and related rows; of two concurrent calls with one key, the first wins. */
async function save(
  wanted: Wanted,
  facts: Omit<
    Prisma.DepositCreateManyInput,
    'id' | 'organizationId' | 'mode' | 'key' | 'amountSats' | 'createdBy'
  >,
  onCreated: (tx: Tx, row: { id: string }) => Promise<unknown>,
): Promise<DepositRow> {
  const { depositor, key, amountSats } = wanted;
  const { organizationId, mode } = depositor;
  const id = newId();
  const data = { id, organizationId, mode, key, amountSats, createdBy: actorLabel(depositor) };
  await transaction(async (tx) => {
    const { count } = await tx.deposit.createMany({
      data: [{ ...data, ...facts }],
      skipDuplicates: true,
    });
    if (count === 0) return;
    await onCreated(tx, { id });
    // Purchases are made without an account, and the audit log covers accounts.
    if (depositor.kind === 'purchase') return;
    await audit(tx, depositor, 'deposit.created', `deposit:${id}`, {
      sats: satsToNumber(amountSats),
      mode,
    });
  });
  kickOutbox();
  const kept = await findByKey(wanted);
  if (!kept) throw new Error(`Deposit ${id} was stored but cannot be found.`);
  return kept;
}

function checkAt(deposit: { createdAt: Date; expiresAt: Date }): Date | null {
  const delayMs = checkDelayMs(deposit, clock.nowMs());
  return delayMs === null ? null : new Date(clock.nowMs() + delayMs);
}
