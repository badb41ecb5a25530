import type { RailPayment } from '@/prisma/generated/client';
import { sha256Hex } from '@/server/platform/crypto';
import { NOTHING_PREPARED, type Paid, type Rail, type RailRequest, type RailResult } from './rail';
import { findOrVoidPayment, recordPayment } from './record-payment';

const NAME = 'sandbox';

/** Destinations that simulate failures; all others are paid. */
const REFUSED = 'refused@sandbox';
/** Temporarily rejected if the attempt's ID ends in 0–7. */
const FLAKY = 'flaky@sandbox';
/** Paid, but the response is lost. */
const ANSWER_LOST = 'answer-lost@sandbox';
/** The request is lost. */
const REQUEST_LOST = 'request-lost@sandbox';

const MISFORTUNES = new Set<string | null>([REFUSED, FLAKY, ANSWER_LOST, REQUEST_LOST]);

class ConnectionLost extends Error {
  constructor() {
    super('The connection to the play rail broke off.');
    this.name = 'ConnectionLost';
  }
}

/** Simulates payments with play sats, deterministic per attempt. Test mode only. */
export const sandboxRail: Rail = {
  name: NAME,
  voidsAbsent: true,
  prepare: () => Promise.resolve({ status: 'ready', preparation: NOTHING_PREPARED }),
  async pay(request) {
    if (request.destination === REQUEST_LOST) throw new ConnectionLost();
    const entry = await recordPayment(NAME, request, fateOf(request));
    if (request.destination === ANSWER_LOST) throw new ConnectionLost();
    return resultOf(request, entry);
  },
  async lookup(request) {
    const entry = await findOrVoidPayment(NAME, request);
    return entry.status === 'void' ? { status: 'absent' } : resultOf(request, entry);
  },
};

/** The result of a payment that succeeds; null if it is rejected or fails. */
export function paidInSandbox(request: RailRequest): Paid | null {
  const isUnlucky = MISFORTUNES.has(request.destination);
  return isUnlucky || fateOf(request).status !== 'paid' ? null : paidOf(request);
}

function fateOf({
  attemptId,
  destination,
  mode,
}: RailRequest): Pick<RailPayment, 'status' | 'reason'> {
  if (mode !== 'test') return { status: 'refused', reason: 'The play rail cannot pay real sats.' };
  if (destination === REFUSED) {
    return { status: 'refused', reason: 'The destination does not exist.' };
  }
  if (destination === FLAKY && /[0-7]$/.test(attemptId)) {
    return { status: 'refused', reason: 'No route to the destination.' };
  }
  return { status: 'paid', reason: null };
}

function resultOf(request: RailRequest, entry: Pick<RailPayment, 'status' | 'reason'>): RailResult {
  if (entry.status !== 'paid') {
    return {
      status: 'refused',
      reason: entry.reason ?? 'The payment failed permanently.',
      fault: 'destination',
      final: entry.status === 'refused' && request.destination !== FLAKY,
    };
  }
  return paidOf(request);
}

function paidOf({ attemptId }: RailRequest): Paid {
  const preimage = sha256Hex(`sandbox:${attemptId}`);
  return { status: 'paid', externalId: `sandbox:${sha256Hex(preimage)}`, preimage, feeSats: 0n };
}
