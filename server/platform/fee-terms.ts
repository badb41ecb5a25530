import { env } from './env';
import type { FeeTerms } from './money';

/** The instance's fee from its environment. */
export function feeTerms(): FeeTerms {
  return { bps: env.PLATFORM_FEE_BPS, minimumSats: env.PLATFORM_FEE_MIN_SATS };
}
