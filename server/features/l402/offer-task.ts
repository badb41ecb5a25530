import { openDeposit } from '@/server/features/deposits';
import { type CreateTask, faultOf, prepareTask } from '@/server/features/tasks';
import type { PurchaseActor } from '@/server/platform/actor';
import { newId } from '@/server/platform/ids';
import { satsToNumber } from '@/server/platform/money';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { requestNetwork } from '@/server/platform/request-network';
import { L402PaymentRequired, TooManyChallenges } from './errors';
import { assertNoCallback } from './no-callback';
import { mintToken } from './token';

/** Per network, and overall: each challenge is an invoice stored by the operator's node. */
const OF_NETWORK: RateLimit = { limit: 30, windowSeconds: 60 };
const OF_ALL: RateLimit = { limit: 600, windowSeconds: 60 };

/**
 * Validates a create without an API key and responds with a payment challenge: an invoice over the
 * task's maximum cost, and a token that is valid for that task once paid.
 * @returns the challenge, for the caller to throw.
 * @throws everything a create throws, before payment is requested; TooManyChallenges 429;
 * NoRailAnswers 409.
 */
export async function offerTask(
  organizationId: string,
  input: CreateTask,
): Promise<L402PaymentRequired> {
  assertNoCallback(input);
  await limit(`l402:${requestNetwork() ?? ''}`, OF_NETWORK);
  const purchaseId = newId();
  const buyer: PurchaseActor = { kind: 'purchase', organizationId, mode: 'live', purchaseId };
  const draft = await prepareTask(buyer, input);
  const fault = await faultOf(draft);
  if (fault) throw fault;
  await limit('l402', OF_ALL);
  const { heldSats: amountSats, requestHash } = draft;
  const wanted = { depositor: buyer, key: purchaseId, amountSats, about: 'Task' };
  const { invoice, paymentHash, expiresAt } = await openDeposit(wanted);
  if (invoice === null || paymentHash === null) throw new Error('A live deposit has no invoice.');
  const payoutSats = BigInt(draft.maxVotes) * draft.payoutSats;
  return new L402PaymentRequired({
    amountSats: satsToNumber(amountSats),
    payoutSats: satsToNumber(payoutSats),
    feeSats: satsToNumber(amountSats - payoutSats),
    macaroon: mintToken({ purchaseId, paymentHash, requestHash }),
    ...{ invoice, paymentHash, expiresAt },
  });
}

async function limit(key: string, of: RateLimit): Promise<void> {
  const taken = await consume(key, of);
  if (!taken.allowed) throw new TooManyChallenges(taken.retryAfterSeconds);
}
