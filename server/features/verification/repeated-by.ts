import type { Verdict } from './stage';

/** The workers copied by an answer's worker, according to the anomaly stage. */
export function repeatedBy(verdicts: readonly Pick<Verdict, 'stage' | 'details'>[]): string[] {
  const { details } = verdicts.find(({ stage }) => stage === 'anomaly') ?? {};
  const signals = Array.isArray(details?.signals) ? details.signals : [];
  return signals.flatMap((signal) => {
    const { workers } = (signal ?? {}) as { workers?: string[] };
    return workers ?? [];
  });
}
