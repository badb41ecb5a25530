import { z } from 'zod';
import { claimRefund, describeRefund } from '@/server/features/l402';
import { AppError } from '@/server/platform/errors';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { log } from '@/server/platform/log';
import { consume, type RateLimit } from '@/server/platform/rate-limit';
import { clientNetwork } from '@/server/transport/network';

/** Of one network. */
const CALLS: RateLimit = { limit: 60, windowSeconds: 60 };

const Claim = z.object({ k1: z.string(), pr: z.string().max(INVOICE_CHARS_MAX) });

/** LNURL-withdraw (LUD-03): what can be claimed, and how. */
export function handleRefundRequest(request: Request, secret: string): Promise<Response> {
  return answer(request, () => describeRefund(secret));
}

/** LNURL-withdraw (LUD-03): the wallet's invoice. It is paid after the answer. */
export function handleRefundClaim(request: Request, secret: string): Promise<Response> {
  return answer(request, async () => {
    const given = Claim.safeParse(Object.fromEntries(new URL(request.url).searchParams));
    if (!given.success || given.data.k1 !== secret) return refusal('Give k1 and pr.');
    await claimRefund(secret, given.data.pr);
    return { status: 'OK' };
  });
}

const refusal = (reason: string) => ({ status: 'ERROR', reason });

/** As LNURL wants it: 200 also for a refusal, which has `status: ERROR` and a reason to show. */
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
    log.error({ err: error }, 'A refund could not be answered');
    return refusal('Something went wrong on our side. Try again.');
  }
}
