import type { Redundancy, RiskTier, Rule } from '../schema';

/** A known answer: shown as a task like any other, and kept against the worker's own answer. */
export interface CatalogGold {
  /** Names the gold within its type for good; its id is made from it. */
  slug: string;
  payload: Record<string, unknown>;
  /** A whole answer that satisfies the type's schema and rules. */
  expected: Record<string, unknown>;
  /** Why, in words a worker learns from. */
  explanation: string;
}

/** A task type that comes with the product. */
export interface CatalogEntry {
  type: string;
  title: string;
  description: string;
  /** Markdown. */
  instructions: string;
  outputSchema: Record<string, unknown>;
  rules: Rule[];
  redundancy?: Redundancy;
  payoutSats: number;
  slaSeconds: number;
  riskTier?: RiskTier;
  /** What the skill of the type's name stands for. */
  skill: string;
  /** Mixed into the queue. */
  golds: CatalogGold[];
  /** Asked of those who want the skill; never mixed into the queue. */
  quiz: CatalogGold[];
  /** Shown to newcomers with its answer; part of neither. */
  practice: CatalogGold;
}

export function gold(
  slug: string,
  payload: CatalogGold['payload'],
  expected: CatalogGold['expected'],
  explanation: string,
): CatalogGold {
  return { slug, payload, expected, explanation };
}
