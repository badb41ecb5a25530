/** The settings compared by a back-test. */
import type { BACK_TEST_METHODS, BackTestSettings } from '../schema';

export interface Settings {
  minVotes: number;
  maxVotes: number;
  targetConfidence: number;
  voteValue: number;
  goldRate: number;
  method: (typeof BACK_TEST_METHODS)[number];
}

/** Maximum number of votes compared, if that many are stored. */
const VOTES_MAX = 7;
const TARGETS = [0.8, 0.9, 0.95, 0.99];

/** The requested settings, with the type's as defaults; the minimum never exceeds the maximum. */
export function settingsOf(current: Settings, asked: BackTestSettings): Settings {
  const minVotes = asked.min_votes ?? current.minVotes;
  const maxVotes = asked.max_votes ?? Math.max(minVotes, current.maxVotes);
  return {
    minVotes: Math.min(minVotes, maxVotes),
    maxVotes,
    targetConfidence: asked.target_confidence ?? current.targetConfidence,
    voteValue: asked.vote_value ?? current.voteValue,
    goldRate: asked.gold_rate ?? current.goldRate,
    method: asked.method ?? current.method,
  };
}

/** Fixed numbers of votes, and adaptive votes with several targets. */
export function candidates(current: Settings, storedVotes: number): Settings[] {
  const most = Math.min(VOTES_MAX, storedVotes);
  const found: Settings[] = [];
  for (let votes = 1; votes <= most; votes++) {
    found.push({ ...current, minVotes: votes, maxVotes: votes });
    if (votes === 1) continue;
    for (const targetConfidence of TARGETS) {
      found.push({ ...current, minVotes: 1, maxVotes: votes, targetConfidence });
    }
  }
  return found;
}

export function sameSettings(one: Settings, other: Settings): boolean {
  const keys = Object.keys(one) as (keyof Settings)[];
  // If the minimum equals the maximum, no target can stop earlier.
  const isFixed = one.minVotes === one.maxVotes && other.minVotes === other.maxVotes;
  return keys.every(
    (key) =>
      one[key] === other[key] || (isFixed && (key === 'targetConfidence' || key === 'voteValue')),
  );
}
