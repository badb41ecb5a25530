/** Evidence from labelled tasks about voters, by facet, as input of consensus. Plain JSON. */
import type { FittedModels } from './fitted-models';

/** The weighted count of a worker's statements by true label; for numbers, of their errors. */
export interface EvidenceCell {
  /**
   * Indexes of the labels among those of the facet (`facetsOf`). Open value: 0 is the right one and
   * 1 another. Number: both are 0.
   */
  truth: number;
  said: number;
  weight: number;
  /** Weighted sum of squared errors, in the number's own unit (dates: milliseconds); else 0. */
  squaredError: number;
}

/** Evidence from labelled tasks about a facet of one organization's type; see `facetsOf`. */
export interface FacetEvidence {
  /** All workers together. */
  pool: { total: number; right: number; squaredError: number };
  /** The voters on this task by worker id; absent if there is none. */
  voters: Record<string, readonly EvidenceCell[]>;
  /** P(label) from the type's recent votes, in the order of the facet's labels. */
  classPrior?: readonly number[];
  /** Labelled tasks' contributions to the calibrator (`gainsOf`), and their number. */
  calibrator?: { gains: readonly number[]; labelled: number };
  /** The nightly refit's models, if they have any weight; only of the voters on this task. */
  models?: FittedModels;
}

/** By facet key; a missing one has no evidence. */
export type Evidence = Readonly<Record<string, FacetEvidence>>;
