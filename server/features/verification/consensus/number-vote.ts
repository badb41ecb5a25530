/**
 * One vote on a number or a date: the mean by weights of 1/σ², without what lies far outside, as a value
 * that the schema takes; and how likely that is near enough to the truth.
 */

import type { VerificationPolicy } from '../policy';
import { normalCdf } from '../special-functions';
import type { Json } from '../stage';
import type { FacetEvidence } from './evidence-facts';
import type { Field } from './fields';
import { type ErrorTally, shrunkVariance, weightedMean, withoutOutliers } from './numbers';

export type NumberField = Field & { kind: 'number' | 'date' };

export interface NumberResult {
  /** What to return, as it stands in an answer. */
  value: Json;
  /** P(the truth is within the tolerance of this number). */
  probabilityOf: (number: number) => number;
  /** P(a further vote of an average worker, or several, would find the truth within the tolerance). */
  probabilityAfter: (votes: number) => number;
  /** Nobody said anything near it. */
  tie: boolean;
  /** Standard error, in the field's own unit. */
  standardError: number;
}

type ConsensusPolicy = VerificationPolicy['consensus'];

const DAY_MS = 86_400_000;
const SECOND_MS = 1_000;
/** Numbers that are this near are equal but for rounding. */
const ROUNDING = 1e-9;
/** P(|Z| ≤ this) = .75: how sure a number is whose worker nobody knows, as it is with a choice. */
const UNKNOWN_WORKER_Z = 1.1503;
const EXACT_DIGITS = 12;
const NUMBER_MAX = 1e100;
/** Squares of it are still above zero. */
const TOLERANCE_MIN = 1e-100;

/**
 * The number of a value, of dates the milliseconds since 1970; null where it is none, or too large to be
 * squared.
 */
export function numberOf(field: NumberField, value: Json | undefined): number | null {
  if (field.kind === 'number') {
    return typeof value === 'number' && Math.abs(value) <= NUMBER_MAX ? value : null;
  }
  // A leap second is no time that a clock here can show.
  const instant =
    typeof value === 'string' ? Date.parse(value.replace(/:60(?!:)/, ':59')) : Number.NaN;
  return Number.isNaN(instant) ? null : instant;
}

function stepOf(field: NumberField): number | null {
  if (field.kind === 'number') return field.step;
  return field.wholeDays ? DAY_MS : null;
}

/**
 * How far from the truth a number is still right: of a bounded one a share of its range, of others what
 * rounds to the same. Golds are compared by it as well.
 */
export function toleranceOf(field: NumberField, truth: number, policy: ConsensusPolicy): number {
  if (field.kind === 'date') return field.wholeDays ? DAY_MS / 2 : policy.dateTimeToleranceMs;
  const least = Math.max((field.step ?? 0) / 2, Math.abs(truth) * ROUNDING);
  if (field.span === null) return least;
  return Math.max(least, Math.max(policy.numberTolerance, policy.numberToleranceMax) * field.span);
}

/** Needs at least one vote. `own` is the value as the ballot has it. */
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
  // Where votes lie further apart than their workers' errors explain, the error is as large as that.
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

/** P(the mean of so many average workers is within the tolerance), before anybody has answered. */
export function chanceWithin(
  field: NumberField,
  votes: number,
  pool: ErrorTally,
  policy: ConsensusPolicy,
): number {
  const tolerance = toleranceOf(field, 0, policy);
  // Without a scale, errors say nothing of how many of them are too large.
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

/** The nearest number that the field's step and bounds allow. */
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
  // Three times .1 is not .3 in binary, so the step's own decimals are kept.
  return Number.isInteger(step) ? rounded : Number(rounded.toPrecision(EXACT_DIGITS));
}

/** The number as it stands in an answer: as somebody wrote it, where somebody did. */
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
