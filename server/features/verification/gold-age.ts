/** When golds of before say nothing any more of how a worker answers now. */
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
 * Whether golds that speak for a worker whose latest answers are inaccurate are to count as those before a
 * pause do: less in the posterior, and nothing in the next pause. They are no fewer than a pause is decided by,
 * so that after each time as many are waited for.
 */
export function isAgeingDue(since: GoldTally, policy: GoldPolicy): boolean {
  const { pauseMinGolds, pauseSafe } = policy;
  return since.total >= pauseMinGolds && since.correct >= pauseSafe * since.total;
}
