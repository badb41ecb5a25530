import type { GoldTally } from './stage';

/** The golds of a worker's record: all of them, and those before the latest return from a pause. */
export interface GoldRecord {
  goldCorrect: number;
  goldTotal: number;
  pastCorrect: number;
  pastTotal: number;
  /** Same, by the share of each gold's decisive fields that were right. */
  goldScore: number;
  pastScore: number;
}

export const NO_GOLDS: GoldRecord = {
  ...{ goldCorrect: 0, goldTotal: 0, goldScore: 0 },
  ...{ pastCorrect: 0, pastTotal: 0, pastScore: 0 },
};

/** The golds since the latest return from a pause; all of them if there was none. */
export function talliedSince(record: GoldRecord): GoldTally {
  const total = Math.max(0, record.goldTotal - record.pastTotal);
  return {
    total,
    correct: Math.min(total, Math.max(0, record.goldCorrect - record.pastCorrect)),
  };
}

/**
 * Same, with half an answer right counting as half: the basis of pauses. With ten fields that are
 * each right nine times in ten, the whole answer is right once in three, which says little about
 * its worker.
 */
export function scoredSince(record: GoldRecord): GoldTally {
  const { correct, total } = talliedSince(record);
  const score = Math.max(0, record.goldScore - record.pastScore);
  return { total, correct: Math.min(total, Math.max(correct, score)) };
}

/** The input of a posterior: golds before the latest return from a pause count less. */
export function talliedByAge(record: GoldRecord, pastWeight: number): GoldTally {
  const since = talliedSince(record);
  return {
    correct: since.correct + pastWeight * (record.goldCorrect - since.correct),
    total: since.total + pastWeight * (record.goldTotal - since.total),
  };
}
