import type { BackTest } from '@/server/features/verification';
import type { BackTestSettings } from '@/server/features/verification/schema';

type Settings = BackTest['current'];
type Point = BackTest['points'][number];

export const METHOD_NAMES: Record<Settings['method'], string> = {
  current: 'As now',
  gnb: 'Naive Bayes on golds',
  majority: 'Majority',
};

export function votesText({ minVotes, maxVotes }: Settings): string {
  if (minVotes !== maxVotes) return `${minVotes} to ${maxVotes}`;
  return minVotes === 1 ? '1 vote' : `${minVotes} votes`;
}

/** What the settings are, in a few words. */
export function settingsText(settings: Settings): string {
  const { minVotes, maxVotes, targetConfidence, method } = settings;
  return [
    votesText(settings),
    ...(minVotes === maxVotes ? [] : [`until ${Math.round(targetConfidence * 10_000) / 100} %`]),
    ...(method === 'current' ? [] : [METHOD_NAMES[method]]),
  ].join(', ');
}

/** The page of the type with these settings filled in; they are not saved by that. */
export function applyHrefOf(type: string, { settings }: Point, current: Settings): string {
  const { minVotes, maxVotes, targetConfidence, voteValue, goldRate } = settings;
  const params = new URLSearchParams({
    min_votes: String(minVotes),
    max_votes: String(maxVotes),
    target_confidence: String(targetConfidence),
    vote_value: String(voteValue),
  });
  if (goldRate !== current.goldRate) params.set('gold_rate', String(goldRate));
  return `/dashboard/task-types/${type}?${params}`;
}

/** A form of the settings: texts as they were typed, shares in per cent. */
export interface SettingsDraft {
  minVotes: string;
  maxVotes: string;
  target: string;
  voteValue: string;
  goldRate: string;
  method: Settings['method'];
}

const percent = (value: number) => String(Math.round(value * 10_000) / 100);

export function draftOf(settings: Settings): SettingsDraft {
  return {
    minVotes: String(settings.minVotes),
    maxVotes: String(settings.maxVotes),
    target: percent(settings.targetConfidence),
    voteValue: percent(settings.voteValue),
    goldRate: percent(settings.goldRate),
    method: settings.method,
  };
}

/** As the server is asked; what is no number is left to it to refuse. */
export function askedOf(draft: SettingsDraft): BackTestSettings {
  return {
    min_votes: Number(draft.minVotes),
    max_votes: Number(draft.maxVotes),
    target_confidence: Number(draft.target) / 100,
    vote_value: Number(draft.voteValue) / 100,
    gold_rate: Number(draft.goldRate) / 100,
    method: draft.method,
  };
}
