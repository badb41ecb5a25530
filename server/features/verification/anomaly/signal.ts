/**
 * What a signal of unusual behaviour is. Each signal states its null hypothesis and how often it
 * may speak under it. Signals of one family can share a cause, so only two different families
 * count as independent.
 */
import type { StageContext } from '../stage';

type SignalFamily = 'timing' | 'content' | 'device' | 'pattern' | 'accuracy';
type SignalLevel = 'none' | 'weak' | 'strong';

export interface SignalReading {
  level: SignalLevel;
  /** The figure that the level was read from; null when the signal had nothing to go by. */
  statistic: number | null;
  /** Those the answer's worker repeats. */
  workers?: readonly string[];
  /** Latest answers that show it. */
  answers?: number;
}

export interface Signal {
  id: string;
  family: SignalFamily;
  /** What an honest worker's answers look like. */
  nullHypothesis: string;
  /** Share of honest answers at which the signal may be weak or strong. */
  falsePositiveTarget: number;
  /** It says how far the worker's votes can be relied on, not how this answer came about. */
  isOfAccuracy?: true;
  /** Told to the worker when the signal speaks. */
  message: string;
  read(ctx: StageContext): SignalReading;
}

export const SILENT: SignalReading = { level: 'none', statistic: null };

/** Reads a level off a figure that is the more suspicious the larger it is. */
export function levelAbove(statistic: number, weak: number, strong: number): SignalReading {
  const level = statistic >= strong ? 'strong' : statistic >= weak ? 'weak' : 'none';
  return { level, statistic };
}

/** Reads a level off a probability under the null hypothesis. */
export function levelBelow(probability: number, weak: number, strong: number): SignalReading {
  const level = probability <= strong ? 'strong' : probability <= weak ? 'weak' : 'none';
  return { level, statistic: probability };
}
