import { z } from 'zod';
import { claimRefund, describeRefund } from '@/server/features/l402';
import { AppError } from '@/server/platform/errors';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { log } from '@/server/platform/log';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { clientNetwork } from '@/server/transport/network';

/** Per network. */
const CALLS: RateLimit = { limit: 60, windowSeconds: 60 };

const Claim = z.object({ k1: z.string(), pr: z.string().max(INVOICE_CHARS_MAX) });

/** LNURL-withdraw (LUD-03): describes what can be claimed, and how. */
export function handleRefundRequest(request: Request, secret: string): Promise<Response> {
  return answer(request, () => describeRefund(secret));
}

/** LNURL-withdraw (LUD-03): accepts the wallet's invoice. It is paid after the response. */
export function handleRefundClaim(request: Request, secret: string): Promise<Response> {
  return answer(request, async () => {
    const given = Claim.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!given.success || given.data.k1 !== secret) return refusal('k1 and pr are required.');
    await claimRefund(secret, given.data.pr);
    return { status: 'OK' };
  });
}

const refusal = (reason: string) => ({ status: 'ERROR', reason });

/** As LNURL requires: 200 also for an error, with `status: ERROR` and a displayable reason. */
async function answer(request: Request, work: () => Promise<object>): Promise<Response> {
  return Response.json(await outcome(request, work), {
    headers: { 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' },
  });
}

async function outcome(request: Request, work: () => Promise<object>): Promise<object> {
  try {
    const taken = await consume(`lnurl:${clientNetwork(request.headers)}`, CALLS);
    if (!taken.allowed) return refusal(`Try again in ${taken.retryAfterSeconds} seconds.`);
    return await work();
  } catch (error) {
    if (error instanceof AppError) return refusal(error.message);
    log.error({ err: error }, 'Failed to handle a refund request');
    return refusal('Something went wrong on our side. Try again.');
  }
}
