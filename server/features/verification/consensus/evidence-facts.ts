/** What labelled tasks showed of voters, facet by facet, as consensus is told of it. Plain JSON. */
import type { FittedModels } from './fitted-models';

/** How often, by weight, a worker said something where something was true; of numbers, how far off it was. */
export interface EvidenceCell {
  /**
   * Places of the labels among those of the facet (`facetsOf`). Of an open value, 0 is the right one and
   * 1 another. Of a number, both are 0.
   */
  truth: number;
  said: number;
  weight: number;
  /** Sum of squared errors by weight, in the number's own unit (dates: milliseconds); else 0. */
  squaredError: number;
}

/** What labelled tasks showed of a facet of one organization's type; see `facetsOf`. */
export interface FacetEvidence {
  /** Of all workers together. */
  pool: { total: number; right: number; squaredError: number };
  /** Of the voters on this task by worker id; missing means none. */
  voters: Record<string, readonly EvidenceCell[]>;
  /** P(label) by the type's recent votes, in the order of the facet's labels. */
  classPrior?: readonly number[];
  /** What labelled tasks added to the calibrator (`gainsOf`), and how many they were. */
  calibrator?: { gains: readonly number[]; labelled: number };
  /** What the nightly refit found, where it weighs anything; of its workers the voters on this task. */
  models?: FittedModels;
}

/** By the facets' keys; one that is missing has no evidence. */
export type Evidence = Readonly<Record<string, FacetEvidence>>;
