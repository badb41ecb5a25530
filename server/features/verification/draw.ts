import { hmacSha256Hex } from '@/server/platform/crypto';
import { env } from '@/server/platform/env';

/**
 * Uniform in [0, 1): the same however often it is drawn for one purpose and one answer, and not to
 * be foretold without the instance's secret.
 */
export function drawOf(purpose: string, answerId: string): number {
  const hex = hmacSha256Hex(env.APP_SECRET, `${purpose}:${answerId}`).slice(0, 12);
  return Number.parseInt(hex, 16) / 2 ** 48;
}
