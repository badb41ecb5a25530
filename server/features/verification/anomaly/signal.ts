/**
 * A signal of unusual behaviour. Each signal states its null hypothesis and how often it may fire
 * under it. Signals of one family can share a cause, so only two different families count as
 * independent.
 */
import type { StageContext } from '../stage';

type SignalFamily = 'timing' | 'content' | 'device' | 'pattern' | 'accuracy';
type SignalLevel = 'none' | 'weak' | 'strong';

export interface SignalReading {
  level: SignalLevel;
  /** The value behind the level; null if the signal had no data. */
  statistic: number | null;
  /** The workers copied by the answer's worker. */
  workers?: readonly string[];
  /** The number of latest answers that show it. */
  answers?: number;
}

export interface Signal {
  id: string;
  family: SignalFamily;
  /** The null hypothesis: what an honest worker's answers look like. */
  nullHypothesis: string;
  /** Share of honest answers for which the signal may be weak or strong. */
  falsePositiveTarget: number;
  /** It concerns the reliability of the worker's votes, not how this answer was produced. */
  isOfAccuracy?: true;
  /** Shown to the worker when the signal fires. */
  message: string;
  read(ctx: StageContext): SignalReading;
}

export const SILENT: SignalReading = { level: 'none', statistic: null };

/** Converts a value to a level; larger values are more suspicious. */
export function levelAbove(statistic: number, weak: number, strong: number): SignalReading {
  const level = statistic >= strong ? 'strong' : statistic >= weak ? 'weak' : 'none';
  return { level, statistic };
}

/** Converts a probability under the null hypothesis to a level. */
export function levelBelow(probability: number, weak: number, strong: number): SignalReading {
  const level = probability <= strong ? 'strong' : probability <= weak ? 'weak' : 'none';
  return { level, statistic: probability };
}
