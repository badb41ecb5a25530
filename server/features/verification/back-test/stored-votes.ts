/** A type's past, as a back-test is given it. */
import type { JsonObject, RiskTier } from '../stage';

/** A verified task with its accepted votes in the order in which they came. */
export interface StoredTask {
  riskTier: RiskTier;
  payoutSats: number;
  votes: { workerId: string; outputText: string; seconds: number }[];
  /** What a reviewer found to be right. */
  truthText: string | null;
  /** The evidence that the task itself gave, which is no part of what it is replayed with. */
  own: { facets: string[]; truths: number[]; weight: number } | null;
}

export interface StoredSchema {
  schema: JsonObject;
  tasks: StoredTask[];
}
