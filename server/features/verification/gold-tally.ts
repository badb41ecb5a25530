import type { GoldTally } from './stage';

/** The golds of a worker's record: all of them, and those before the latest return from a pause. */
export interface GoldRecord {
  goldCorrect: number;
  goldTotal: number;
  pastCorrect: number;
  pastTotal: number;
}

export const NO_GOLDS: GoldRecord = { goldCorrect: 0, goldTotal: 0, pastCorrect: 0, pastTotal: 0 };

/** The golds since the latest return from a pause; all of them where there was none. */
export function talliedSince(record: GoldRecord): GoldTally {
  const total = Math.max(0, record.goldTotal - record.pastTotal);
  return {
    total,
    correct: Math.min(total, Math.max(0, record.goldCorrect - record.pastCorrect)),
  };
}

/** What a posterior is made of: golds before the latest return from a pause count for less. */
export function talliedByAge(record: GoldRecord, pastWeight: number): GoldTally {
  const since = talliedSince(record);
  return {
    correct: since.correct + pastWeight * (record.goldCorrect - since.correct),
    total: since.total + pastWeight * (record.goldTotal - since.total),
  };
}
