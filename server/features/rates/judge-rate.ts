import { PER_BTC_MAX, PER_BTC_MIN } from '@/server/features/settings/schema';
import { FRESH_MS_MAX } from './policy';

/** How far a price may be from the one before, as a factor up or down. */
export const JUMP_MAX = 1.25;

/**
 * Whether a price that a source gave is believed: it is one at all, and no more than a quarter above or a fifth
 * below the one before, as long as that one counts. After six hours nothing is known that it could contradict.
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
