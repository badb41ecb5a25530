/** A type's history, as input of a back-test. */
import type { JsonObject, RiskTier } from '../stage';

/** A verified task with its accepted votes in order of arrival. */
export interface StoredTask {
  riskTier: RiskTier;
  payoutSats: number;
  votes: { workerId: string; outputText: string; seconds: number }[];
  /** The correct answer according to a reviewer. */
  truthText: string | null;
  /** The evidence from the task itself, which is excluded from its replay. */
  own: { facets: string[]; truths: number[]; weight: number } | null;
}

export interface StoredSchema {
  schema: JsonObject;
  tasks: StoredTask[];
}
