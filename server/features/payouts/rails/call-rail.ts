import { clock } from '@/server/platform/clock';
import { sha256Hex } from '@/server/platform/crypto';
import { log } from '@/server/platform/log';
import { timeRailCall } from '@/server/platform/metrics';
import { EXPIRY_MARGIN_MS } from '../lifecycle';
import type {
  PreparedRequest,
  PrepareResult,
  Rail,
  RailRequest,
  RailResult,
  Refusal,
} from './rail';
import { noteRailError, noteRailOk } from './rail-health';
import { RailForbidden } from './rail-http';

/** Has a rail prepare a payment; one that gives no answer has refused, since nothing is sent yet. */
export async function prepareOn(rail: Rail, request: RailRequest): Promise<PrepareResult> {
  try {
    return await timeRailCall(rail.name, 'prepare', () => rail.prepare(request));
  } catch (error) {
    await noteRailError(rail, error);
    return refusal(messageOf(error));
  }
}

/** Tells a rail to pay what was prepared; `lost` where what became of it is not known. */
export async function payOn(
  rail: Rail,
  request: PreparedRequest,
): Promise<RailResult | { status: 'lost'; reason: string }> {
  let result: RailResult;
  try {
    result = await timeRailCall(rail.name, 'pay', () => rail.pay(request));
  } catch (error) {
    await noteRailError(rail, error);
    log.warn({ err: error, attemptId: request.attemptId }, 'A rail gave no answer');
    // Whoever is turned away at the door has sent nothing.
    if (error instanceof RailForbidden) return refusal(error.message);
    return { status: 'lost', reason: messageOf(error) };
  }
  await noteRailOk(rail);
  return proved(request, result);
}

/**
 * Asks a rail what became of a payment. One that it does not know of is refused, once it can come to nothing
 * but that; null while it can, where the rail gives no answer now, and where it has no way to say.
 */
export async function lookUpOn(rail: Rail, request: PreparedRequest): Promise<RailResult | null> {
  try {
    const found = await timeRailCall(rail.name, 'lookup', () => rail.lookup(request));
    await noteRailOk(rail);
    if (found.status === 'unknown') return null;
    if (found.status !== 'absent') return proved(request, found);
    return isFinallyAbsent(rail, request) ? refusal('The request never reached the rail.') : null;
  } catch (error) {
    await noteRailError(rail, error);
    log.warn(
      { err: error, attemptId: request.attemptId },
      'A rail gave no answer about an attempt',
    );
    return null;
  }
}

const refusal = (reason: string): Refusal => ({
  ...{ status: 'refused', reason, fault: 'rail', final: false },
});

function isFinallyAbsent({ voidsAbsent }: Rail, { preparation }: PreparedRequest): boolean {
  const { expiresAt } = preparation;
  if (voidsAbsent) return true;
  return expiresAt !== null && expiresAt.getTime() + EXPIRY_MARGIN_MS < clock.nowMs();
}

/** Takes away a preimage that is none: its SHA-256 is the payment hash, where what was prepared has one. */
function proved({ attemptId, preparation }: PreparedRequest, result: RailResult): RailResult {
  const { paymentHash } = preparation;
  if (result.status !== 'paid' || result.preimage === null || paymentHash === null) return result;
  if (sha256Hex(Buffer.from(result.preimage, 'hex')) === paymentHash) return result;
  log.warn({ attemptId }, 'A rail gave a preimage that is not of the payment hash');
  return { ...result, preimage: null };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
