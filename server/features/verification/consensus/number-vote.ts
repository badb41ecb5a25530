/**
 * One vote on a number or a date: the mean weighted by 1/σ², without outliers, as a value that the
 * schema accepts; and the probability that it is close enough to the truth.
 */

import type { VerificationPolicy } from '../policy';
import { normalCdf } from '../special-functions';
import type { Json } from '../stage';
import type { FacetEvidence } from './evidence-facts';
import type { Field } from './fields';
import { type ErrorTally, shrunkVariance, weightedMean, withoutOutliers } from './numbers';

export type NumberField = Field & { kind: 'number' | 'date' };

export interface NumberResult {
  /** The value to return, in the answer's format. */
  value: Json;
  /** P(the truth is within the tolerance of this number). */
  probabilityOf: (number: number) => number;
  /** P(one or more further votes of average workers would be within the tolerance of the truth). */
  probabilityAfter: (votes: number) => number;
  /** Whether nobody gave a value near it. */
  tie: boolean;
  /** Standard error, in the field's own unit. */
  standardError: number;
}

type ConsensusPolicy = VerificationPolicy['consensus'];

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** Numbers this close are equal up to rounding. */
const ROUNDING = 1e-9;
/** P(|Z| ≤ this) = .75: the confidence in an unknown worker's number, the same as for a choice. */
const UNKNOWN_WORKER_Z = 1.1503;
const EXACT_DIGITS = 12;
const NUMBER_MAX = 1e100;
/** Its square is still above zero. */
const TOLERANCE_MIN = 1e-100;

/**
 * A value as a number, for dates in milliseconds since 1970; null if it is not one, or too large to
 * be squared.
 */
export function numberOf(field: NumberField, value: Json | undefined): number | null {
  if (field.kind === 'number') {
    return typeof value === 'number' && Math.abs(value) <= NUMBER_MAX ? value : null;
  }
  // Dates cannot represent a leap second.
  const instant =
    typeof value === 'string' ? Date.parse(value.replace(/:60(?!:)/, ':59')) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

function stepOf(field: NumberField): number | null {
  if (field.kind === 'number') return field.step;
  return field.wholeDays ? DAY_MS : null;
}

/**
 * The tolerance within which a number is right: a share of its range if bounded, otherwise
 * rounding. Golds are compared with it too.
 */
export function toleranceOf(field: NumberField, truth: number, policy: ConsensusPolicy): number {
  if (field.kind === 'date') return field.wholeDays ? DAY_MS / 2 : policy.dateTimeToleranceMs;
  const least = Math.max((field.step ?? 0) / 2, Math.abs(truth) * ROUNDING);
  if (field.span === null) return least;
  return Math.max(least, Math.max(policy.numberTolerance, policy.numberToleranceMax) * field.span);
}

/** Needs at least one vote. `own` is the value in the ballot's format. */
export function voteOnNumbers(
  field: NumberField,
  votes: readonly { workerId: string; number: number; own: Json }[],
  evidence: FacetEvidence | undefined,
  policy: ConsensusPolicy,
): NumberResult {
  const scale = Math.max(...votes.map(({ number }) => Math.abs(number)));
  const tolerance = Math.max(toleranceOf(field, scale, policy), TOLERANCE_MIN);
  const unknown = (tolerance / UNKNOWN_WORKER_Z) ** 2;
  const pool = shrunkVariance(evidence?.pool ?? { squaredError: 0, total: 0 }, unknown);
  const measured = votes.map(({ workerId, number, own }) => ({
    value: number,
    own,
    variance: shrunkVariance(errorsOf(evidence, workerId), pool),
  }));
  const bounded = field.kind === 'number' && field.span !== null;
  const kept = withoutOutliers(measured, !bounded);
  const { mean, weight } = weightedMean(kept);
  // If votes differ by more than their workers' errors explain, the error is increased accordingly.
  const spread =
    kept.length > 1
      ? kept.reduce((sum, vote) => sum + (vote.value - mean) ** 2 / vote.variance, 0) /
        (kept.length - 1)
      : 0;
  const inflation = Math.max(1, spread);
  const given = kept.some(({ value }) => value === mean);
  const returned = given ? mean : roundedFor(field, mean);
  const within = (number: number, error: number) =>
    normalCdf((number + tolerance - mean) / error) - normalCdf((number - tolerance - mean) / error);
  const standardError = Math.sqrt(inflation / weight);
  return {
    value: writtenAs(field, returned, kept),
    probabilityOf: (number) => within(number, standardError),
    probabilityAfter: (further) =>
      within(returned, Math.sqrt(inflation / (weight + further / pool))),
    tie: votes.length > 1 && !votes.some(({ number }) => Math.abs(number - returned) <= tolerance),
    standardError,
  };
}

/** P(the mean of this many average workers is within the tolerance), before anybody has answered. */
export function chanceWithin(
  field: NumberField,
  votes: number,
  pool: ErrorTally,
  policy: ConsensusPolicy,
): number {
  const tolerance = toleranceOf(field, 0, policy);
  // Without a scale, errors do not reveal how many of them are too large.
  const isScaled = tolerance > 0;
  const unknown = (Math.max(tolerance, TOLERANCE_MIN) / UNKNOWN_WORKER_Z) ** 2;
  const variance = isScaled ? shrunkVariance(pool, unknown) : unknown;
  const error = Math.sqrt(variance / votes);
  return 2 * normalCdf(Math.max(tolerance, TOLERANCE_MIN) / error) - 1;
}

function errorsOf(evidence: FacetEvidence | undefined, workerId: string) {
  const tally = { squaredError: 0, total: 0 };
  for (const { weight, squaredError } of evidence?.voters[workerId] ?? []) {
    tally.total += weight;
    tally.squaredError += squaredError;
  }
  return tally;
}

/** The nearest number allowed by the field's step and bounds. */
function roundedFor(field: NumberField, mean: number): number {
  const step = stepOf(field);
  const { low, high } = field.kind === 'number' ? field : { low: null, high: null };
  const rounded = step === null ? Number(mean.toPrecision(EXACT_DIGITS)) : nearest(mean, step);
  if (low !== null && rounded < low) return step === null ? low : nearest(rounded + step, step);
  if (high !== null && rounded > high) return step === null ? high : nearest(rounded - step, step);
  return rounded;
}

function nearest(value: number, step: number): number {
  const rounded = Math.round(value / step) * step;
  // Three times .1 is not .3 in binary, so rounds to the step's own decimals.
  return Number.isInteger(step) ? rounded : Number(rounded.toPrecision(EXACT_DIGITS));
}

/** The number in the answer's format: as given by a voter, if it was. */
function writtenAs(
  field: NumberField,
  number: number,
  votes: readonly { value: number; own: Json }[],
): Json {
  const same = votes.find(({ value }) => value === number);
  if (same) return same.own;
  if (field.kind === 'number') return number;
  if (field.wholeDays) return new Date(number).toISOString().slice(0, 10);
  const whole = Math.round(number / SECOND_MS) * SECOND_MS;
  return new Date(whole).toISOString().replace('.000Z', 'Z');
}
