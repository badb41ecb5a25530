/** What a vote is held with, and what comes of it for one facet. */

import type { VerificationPolicy } from '../policy';
import type { Json } from '../stage';
import type { Evidence } from './evidence-facts';
import type { Facet } from './facets';

export interface Ballot {
  workerId: string;
  output: Json;
  /** An agent's guess: it weighs beside people's votes, and is never the answer by itself. */
  isAgent?: boolean;
}

/** The vote on one facet. */
export interface FacetResult {
  facet: Facet;
  /**
   * P(label) by the votes, before it is calibrated. Of a number: that the winner is within the tolerance,
   * that it is not. Of a set as a whole: that every item is right, that one is not. Of an open value: the different ones that were said, and equal shares of the rest.
   */
  posterior: Float64Array;
  /** Place of the winner in the posterior. */
  winner: number;
  /** P(the winner is right), calibrated. */
  confidence: number;
  tie: boolean;
  /** Labelled tasks behind the calibration. */
  labelled: number;
  /** Mean golds, in this facet, of those who voted on it. */
  golds: number;
  /** P(its own value is right) per ballot; 1 where it says nothing of this. */
  support: number[];
  /** The expected confidence after 1 to 3 further votes of average workers. */
  confidenceAfter: (votes: number) => number;
  /** Of a number: the value that won. */
  value?: Json;
  /** Of an open value: which of the different ones each ballot that has one says. */
  groups?: readonly number[];
}

export interface FieldVoteOptions {
  policy: VerificationPolicy['consensus'];
  evidence: Evidence;
}

/** A ballot that has a value in the field. */
export interface Cast {
  ballot: number;
  workerId: string;
  value: Json;
  isAgent: boolean;
}

/** What a field's values come to. */
export interface ValueResult {
  value: Json | undefined;
  facets: FacetResult[];
  /** Of a set: the vote on it as a whole. */
  whole?: FacetResult;
  standardError?: number;
  agreement?: number;
}
