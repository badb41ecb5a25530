/** When earlier golds no longer represent a worker's current answers. */
import type { GoldPolicy } from './gold-posterior';
import type { GoldTally, Verdict } from './stage';

/** Whether the anomaly stage found the worker's latest answers inaccurate. */
export function isFoundInaccurate(verdicts: readonly Verdict[]): boolean {
  const { details } = verdicts.find(({ stage }) => stage === 'anomaly') ?? {};
  const signals = details?.signals;
  return (
    Array.isArray(signals) &&
    signals.some((signal) => (signal as { id?: string } | null)?.id === 'low_accuracy')
  );
}

/**
 * Whether golds that favour a worker whose latest answers are inaccurate should be discounted like
 * those before a pause: less weight in the posterior, and none for the next pause. Requires at
 * least as many golds as a pause decision, so that the same number is awaited after each time.
 */
export function isAgeingDue(since: GoldTally, policy: GoldPolicy): boolean {
  const { pauseMinGolds, pauseSafe } = policy;
  return since.total >= pauseMinGolds && since.correct >= pauseSafe * since.total;
}
