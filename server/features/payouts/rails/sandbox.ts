import type { RailPayment } from '@/prisma/generated/client';
import { sha256Hex } from '@/server/platform/crypto';
import { NOTHING_PREPARED, type Paid, type Rail, type RailRequest, type RailResult } from './rail';
import { findOrVoidPayment, recordPayment } from './record-payment';

const NAME = 'sandbox';

/** Destinations that play a misfortune; every other one is paid. */
const REFUSED = 'refused@sandbox';
/** Refused for now where the attempt's id ends in 0–7. */
const FLAKY = 'flaky@sandbox';
/** Paid, but the answer gets lost on the way back. */
const ANSWER_LOST = 'answer-lost@sandbox';
/** The request gets lost on the way there. */
const REQUEST_LOST = 'request-lost@sandbox';

const MISFORTUNES = new Set<string | null>([REFUSED, FLAKY, ANSWER_LOST, REQUEST_LOST]);

class ConnectionLost extends Error {
  constructor() {
    super('The connection to the play rail broke off.');
    this.name = 'ConnectionLost';
  }
}

/** Plays payments with play sats: the same attempt always meets the same fate. Test mode only. */
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

/** What it pays without fail and says so; null where it refuses, or plays a misfortune. */
export function paidInSandbox(request: RailRequest): Paid | null {
  const isUnlucky = MISFORTUNES.has(request.destination);
  return isUnlucky || fateOf(request).status !== 'paid' ? null : paidOf(request);
}

function fateOf({
  attemptId,
  destination,
  mode,
}: RailRequest): Pick<RailPayment, 'status' | 'reason'> {
  if (mode !== 'test') return { status: 'refused', reason: 'The play rail pays no real sats.' };
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
      reason: entry.reason ?? 'It was given up.',
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
