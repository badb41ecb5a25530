import { afterEach, beforeEach, expect } from 'vitest';
import { saveOffering } from '@/server/features/l402/offering';
import { db } from '@/server/platform/db';
import { addRail } from './add-rail';
import { type Answer, call } from './call';
import { createOrganization } from './factories';
import { brokenInvariants, brokenPayments } from './invariants';
import { type LnbitsDouble, startLnbitsDouble } from './lnbits-double';

interface Offered {
  readonly wallet: LnbitsDouble;
  /** The operator who enables the offer. */
  readonly operator: { kind: 'operator'; userId: string; mode: 'live' };
}

/**
 * Offers tasks without a key to each test of a file, over a rail of its own; checks the books after
 * each.
 */
export function useOffering(): Offered {
  let current: Offered;
  beforeEach(async () => {
    const wallet = await startLnbitsDouble();
    await addRail('first', wallet);
    const { ownerUserId: userId } = await createOrganization();
    current = { wallet, operator: { kind: 'operator', userId, mode: 'live' } };
    await saveOffering(current.operator, { enabled: true });
  });
  afterEach(async () => {
    expect(await brokenInvariants()).toEqual([]);
    expect(await brokenPayments()).toEqual([]);
    await current.wallet.stop();
    await db.rail.updateMany({ data: { enabled: false } });
  });
  return {
    get wallet() {
      return current.wallet;
    },
    get operator() {
      return current.operator;
    },
  };
}

/** An L402 challenge for a task without a key. */
export interface Challenged {
  macaroon: string;
  invoice: string;
  paymentHash: string;
  amountSats: number;
}

/** Creates a task without a key and parses the challenge. */
export async function challenge(body: object): Promise<Challenged> {
  const answer = await call('POST', '/v1/tasks', { body });
  expect([answer.status, answer.body.error?.code]).toEqual([402, 'l402_payment_required']);
  const [, macaroon = '', invoice = ''] =
    /^L402 macaroon="([^"]+)", invoice="([^"]+)"$/.exec(
      answer.headers.get('www-authenticate') ?? '',
    ) ?? [];
  const details = answer.body.error?.details as Record<string, unknown>;
  expect(details).toMatchObject({ macaroon, invoice });
  return {
    ...{ macaroon, invoice, paymentHash: String(details.payment_hash) },
    amountSats: Number(details.amount_sats),
  };
}

/** Pays a challenge; returns the headers for later requests. */
export function paid(wallet: LnbitsDouble, challenged: Challenged): Record<string, string> {
  const { macaroon, paymentHash } = challenged;
  wallet.receive(paymentHash);
  return { authorization: `L402 ${macaroon}:${wallet.preimageOf(paymentHash)}` };
}

/** Creates a task with a paid token. */
export const buy = (headers: Record<string, string>, body: object): Promise<Answer> =>
  call('POST', '/v1/tasks', { headers, body });
