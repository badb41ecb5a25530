import { expect } from 'vitest';
import { type Answer, call } from './call';
import type { LnbitsDouble } from './lnbits-double';

/** What is to be paid for a task without a key. */
export interface Challenged {
  macaroon: string;
  invoice: string;
  paymentHash: string;
  amountSats: number;
}

/** Creates a task without a key, and reads what it is to be paid with. */
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

/** Pays a challenge; what to send from then on. */
export function paid(wallet: LnbitsDouble, challenged: Challenged): Record<string, string> {
  const { macaroon, paymentHash } = challenged;
  wallet.receive(paymentHash);
  return { authorization: `L402 ${macaroon}:${wallet.preimageOf(paymentHash)}` };
}

/** Creates a task by a token that was paid for. */
export const buy = (headers: Record<string, string>, body: object): Promise<Answer> =>
  call('POST', '/v1/tasks', { headers, body });
