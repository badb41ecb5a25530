/** The settings that a back-test compares. */
import type { BACK_TEST_METHODS, BackTestSettings } from '../schema';

export interface Settings {
  minVotes: number;
  maxVotes: number;
  targetConfidence: number;
  voteValue: number;
  goldRate: number;
  method: (typeof BACK_TEST_METHODS)[number];
}

/** Votes that the comparison goes up to, where as many are stored. */
const VOTES_MAX = 7;
const TARGETS = [0.8, 0.9, 0.95, 0.99];

/** What was asked, over what the type has now; the least votes are never more than the most. */
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

/** A fixed number of votes, and votes bought one at a time up to several targets. */
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
  // With as many votes at least as at most, no target stops before them.
  const isFixed = one.minVotes === one.maxVotes && other.minVotes === other.maxVotes;
  return keys.every(
    (key) =>
      one[key] === other[key] || (isFixed && (key === 'targetConfidence' || key === 'voteValue')),
  );
}
