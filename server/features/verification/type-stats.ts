/** A task type's statistics, from a sample of its accepted answers. */
import { agreementOf } from './agreement';
import { labelOfChoices } from './consensus/fields';
import { median } from './consensus/median';
import type { TypeStats } from './stage';

/** Shannon entropy in nats of shares that sum to 1. */
function entropyOf(shares: readonly number[]): number {
  return shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0);
}

/**
 * @param answers Newest first: milliseconds spent, null if scripted, and the choices
 * (`choicesOf`; empty without any).
 */
export function typeStatsOf(
  answers: readonly { elapsedMs: number | null; taskId: string; choices: readonly string[] }[],
): TypeStats {
  const logs = answers.flatMap(({ elapsedMs }) =>
    elapsedMs === null ? [] : Math.log(Math.max(1, elapsedMs) / 1000),
  );
  const centre = median(logs);
  const labels = answers.flatMap(({ choices }) => labelOfChoices(choices) ?? []);
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labelShares = Object.fromEntries(
    [...counts].map(([label, count]) => [label, count / labels.length]),
  );
  return {
    timedSize: logs.length,
    sampleSize: answers.length,
    logSecondsMedian: logs.length === 0 ? null : centre,
    logSecondsMad: logs.length === 0 ? null : median(logs.map((value) => Math.abs(value - centre))),
    labelEntropy: labels.length === 0 ? null : entropyOf(Object.values(labelShares)),
    labelShares,
    agreement: agreementOf(answers),
  };
}
