import { PER_BTC_MAX, PER_BTC_MIN } from '@/server/features/settings/schema';
import { FRESH_MS_MAX } from './policy';

/** Maximum change relative to the previous price, as a factor up or down. */
export const JUMP_MAX = 1.25;

/**
 * Whether a source's price is plausible: a valid number, at most a quarter above or a fifth below
 * the previous price. A previous price older than six hours is ignored.
 */
export function isBelievable(
  perBtc: number,
  before: { perBtc: number; fetchedAt: Date } | null,
  now: Date,
): boolean {
  if (!(perBtc >= PER_BTC_MIN && perBtc <= PER_BTC_MAX)) return false;
  if (!before || now.getTime() - before.fetchedAt.getTime() > FRESH_MS_MAX) return true;
  const factor = perBtc / before.perBtc;
  return factor <= JUMP_MAX && factor >= 1 / JUMP_MAX;
}
