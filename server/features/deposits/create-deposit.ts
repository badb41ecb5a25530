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

/** Of one organization in one mode; each has an invoice that the operator's node keeps. */
const BEGUN: RateLimit = { limit: 60, windowSeconds: 3_600 };
/** 62 letters to the power of 43 are more than 256 bits. */
const TOKEN_CHARS = 43;

/**
 * Begins a deposit: in live mode with an invoice of the first Lightning rail that gives one, kept before
 * anybody sees it. In test mode play sats come in at once. The same key makes one deposit.
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
  /** What the invoice is for, such as `Deposit`. */
  about: string;
}

/** The deposit that the key made before; null where it made none. */
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
 * The same in live mode for a caller that has seen to who may ask, and how often.
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

/** Keeps the deposit, with what belongs to it; of two with one key at once, the first. */
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
    // A purchase is what whoever has no account asks for; the log is of those who have.
    if (depositor.kind === 'purchase') return;
    await audit(tx, depositor, 'deposit.created', `deposit:${id}`, {
      sats: satsToNumber(amountSats),
      mode,
    });
  });
  kickOutbox();
  const kept = await findByKey(wanted);
  if (!kept) throw new Error(`Deposit ${id} was kept and is not there.`);
  return kept;
}

function checkAt(deposit: { createdAt: Date; expiresAt: Date }): Date | null {
  const delayMs = checkDelayMs(deposit, clock.nowMs());
  return delayMs === null ? null : new Date(clock.nowMs() + delayMs);
}
