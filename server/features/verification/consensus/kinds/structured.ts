/** Structured values: how similar two of them are, and how several are combined. */
import type { Json } from '../../stage';
import { isObject, labelKey } from '../json-value';
import { combineRankings, kendallTau, RANKING_ITEMS_MAX } from './ranking';
import {
  combineRegions,
  nearNumbers,
  REGIONS_MAX,
  type RegionShape,
  regionSimilarity,
} from './regions';
import { combineTranscripts, isAlignable, wordSimilarity } from './transcript';
import type { Weighted } from './weighted';

export type StructuredKind =
  | { kind: 'ranking' }
  | { kind: 'transcript' }
  /** `single`: one region, rather than a list of them. */
  | { kind: 'regions'; shape: RegionShape; single?: true };

/** Minimum similarity of equivalent values: for rankings, a Kendall's τ of .8. */
const SAME_FROM = { ranking: 0.9, transcript: 0.8, regions: 0.8 };

const isSingle = (of: StructuredKind) => of.kind === 'regions' && of.single === true;
const regionsOf = (of: StructuredKind, value: Json) => (isSingle(of) ? [value] : (value as Json[]));

/** Whether such a value can be parsed; others are compared as text. */
export function isStructured(of: StructuredKind, value: Json): boolean {
  const { kind } = of;
  if (isSingle(of)) return true;
  if (kind === 'transcript') return typeof value === 'string' && isAlignable(value);
  const most = kind === 'ranking' ? RANKING_ITEMS_MAX : REGIONS_MAX;
  return Array.isArray(value) && value.length <= most;
}

/**
 * The similarity of two values, in [0, 1].
 * @param tolerance Share by which numbers may differ in objects with a key.
 */
export function structuredSimilarity(
  kind: StructuredKind,
  one: Json,
  other: Json,
  tolerance = 0,
): number {
  if (!isStructured(kind, one) || !isStructured(kind, other)) {
    return sameJson(one, other, tolerance) ? 1 : 0;
  }
  if (kind.kind === 'transcript') return wordSimilarity(one as string, other as string);
  if (kind.kind === 'ranking') return (kendallTau(one as Json[], other as Json[]) + 1) / 2;
  return regionSimilarity(kind.shape, regionsOf(kind, one), regionsOf(kind, other), tolerance);
}

/** Whether two values are equivalent. */
export function sameStructured(
  kind: StructuredKind,
  one: Json,
  other: Json,
  tolerance = 0,
): boolean {
  return structuredSimilarity(kind, one, other, tolerance) >= SAME_FROM[kind.kind];
}

/** Combines the values; undefined if one of them cannot be parsed. */
export function combineStructured(
  kind: StructuredKind,
  votes: readonly Weighted<Json>[],
): Json | undefined {
  if (votes.length === 0 || !votes.every(({ value }) => isStructured(kind, value))) {
    return undefined;
  }
  if (kind.kind === 'transcript') return combineTranscripts(votes as Weighted<string>[]);
  if (kind.kind === 'ranking') return combineRankings(votes as Weighted<Json[]>[]);
  const lists = votes.map(({ value, weight }) => ({ value: regionsOf(kind, value), weight }));
  const regions = combineRegions(kind.shape, lists);
  return isSingle(kind) ? regions[0] : regions;
}

/** Minimum similarity of equivalent values. */
export function sameFrom({ kind }: StructuredKind): number {
  return SAME_FROM[kind];
}

/**
 * The agreement of the values over all pairs: mean Kendall's τ for rankings, mean similarity for
 * others; null without a pair.
 */
export function agreementOf(
  { kind }: StructuredKind,
  similarities: readonly number[],
): number | null {
  if (similarities.length === 0) return null;
  const mean = similarities.reduce((sum, each) => sum + each, 0) / similarities.length;
  return kind === 'ranking' ? 2 * mean - 1 : mean;
}

/** Equal JSON, except for numbers that differ by less than a share of the larger. */
export function sameJson(
  one: Json | undefined,
  other: Json | undefined,
  tolerance: number,
): boolean {
  if (typeof one === 'number' && typeof other === 'number') {
    return nearNumbers(one, other, tolerance);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return (
      one.length === other.length && one.every((each, i) => sameJson(each, other[i], tolerance))
    );
  }
  if (isObject(one) && isObject(other)) {
    const names = Object.keys(one);
    return (
      names.length === Object.keys(other).length &&
      names.every(
        (name) => Object.hasOwn(other, name) && sameJson(one[name], other[name], tolerance),
      )
    );
  }
  return labelKey(one) === labelKey(other);
}
