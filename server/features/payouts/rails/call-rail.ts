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

/** Prepares a payment; without a response it counts as rejected, because nothing was sent yet. */
export async function prepareOn(rail: Rail, request: RailRequest): Promise<PrepareResult> {
  try {
    return await timeRailCall(rail.name, 'prepare', () => rail.prepare(request));
  } catch (error) {
    await noteRailError(rail, error);
    return refusal(messageOf(error));
  }
}

/** Tells a rail to pay what was prepared; `lost` if the outcome is unknown. */
export async function payOn(
  rail: Rail,
  request: PreparedRequest,
): Promise<RailResult | { status: 'lost'; reason: string }> {
  let result: RailResult;
  try {
    result = await timeRailCall(rail.name, 'pay', () => rail.pay(request));
  } catch (error) {
    await noteRailError(rail, error);
    log.warn({ err: error, attemptId: request.attemptId }, 'A rail did not respond');
    // A request rejected by authentication sent nothing.
    if (error instanceof RailForbidden) return refusal(error.message);
    return { status: 'lost', reason: messageOf(error) };
  }
  await noteRailOk(rail);
  return proved(request, result);
}

/**
 * Looks up a payment's outcome. An unknown payment counts as rejected once that is final; null
 * while it is not, if the rail does not respond, or if it cannot tell.
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
      'A rail did not respond about an attempt',
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

/** Removes an invalid preimage: its SHA-256 must be the prepared payment hash, if there is one. */
function proved({ attemptId, preparation }: PreparedRequest, result: RailResult): RailResult {
  const { paymentHash } = preparation;
  if (result.status !== 'paid' || result.preimage === null || paymentHash === null) return result;
  if (sha256Hex(Buffer.from(result.preimage, 'hex')) === paymentHash) return result;
  log.warn({ attemptId }, 'A rail returned a preimage that does not match the payment hash');
  return { ...result, preimage: null };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
