/** The inputs and results of a vote on one facet. */

import type { VerificationPolicy } from '../policy';
import type { Json } from '../stage';
import type { Evidence } from './evidence-facts';
import type { Facet } from './facets';

export interface Ballot {
  workerId: string;
  output: Json;
  /** An agent's guess: it weighs among people's votes, but is never the answer on its own. */
  isAgent?: boolean;
}

/** The vote on one facet. */
export interface FacetResult {
  facet: Facet;
  /**
   * P(label) from the votes, before calibration. Number: whether the winner is within the tolerance
   * or not. Set as a whole: whether every item is right or not. Open value: the different values
   * given, and equal shares of the rest.
   */
  posterior: Float64Array;
  /** Index of the winner in the posterior. */
  winner: number;
  /** P(the winner is right), calibrated. */
  confidence: number;
  tie: boolean;
  /** Labelled tasks behind the calibration. */
  labelled: number;
  /** Mean number of golds of the voters in this facet. */
  golds: number;
  /** P(its own value is right) per ballot; 1 if it has none. */
  support: number[];
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
  /** Number: the winning value. */
  value?: Json;
  /** Open value: the index of each ballot's value among the different ones. */
  groups?: readonly number[];
}

export interface FieldVoteOptions {
  policy: VerificationPolicy['consensus'];
  evidence: Evidence;
}

/** A ballot with a value in the field. */
export interface Cast {
  ballot: number;
  workerId: string;
  value: Json;
  isAgent: boolean;
}

/** The consensus of a field's values. */
export interface ValueResult {
  value: Json | undefined;
  facets: FacetResult[];
  /** Set: the vote on it as a whole. */
  whole?: FacetResult;
  standardError?: number;
  agreement?: number;
}
