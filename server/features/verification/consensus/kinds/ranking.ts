/** Ordered lists, compared by pairwise order. */
import type { Json } from '../../stage';
import { labelKey } from '../json-value';
import { type Weighted, weightedMedian } from './weighted';

export type Ranking = readonly Json[];

/** Longer lists are not compared item by item. */
export const RANKING_ITEMS_MAX = 100;
/** Maximum number of tied items for which all orders are tried. */
const KEMENY_MAX = 7;
const TIE = 1e-9;

/** Ranks of the items of both lists; an item missing from a list ranks after all of its items. */
function placesOf(ranking: Ranking): Map<string, number> {
  const places = new Map<string, number>();
  for (const item of ranking) {
    const key = labelKey(item);
    if (!places.has(key)) places.set(key, places.size);
  }
  return places;
}

/**
 * Kendall's τ-b over the items of both lists, in [−1, 1]: 1 for the same order, −1 for the reverse.
 * Items missing from a list are tied at its end. 1 for fewer than two items.
 */
export function kendallTau(one: Ranking, other: Ranking): number {
  const [a, b] = [placesOf(one), placesOf(other)];
  const items = [...new Set([...a.keys(), ...b.keys()])];
  let score = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (const [i, item] of items.entries()) {
    for (let j = 0; j < i; j++) {
      const against = items[j] ?? '';
      const inA = orderOf(a, item, against);
      const inB = orderOf(b, item, against);
      score += inA * inB;
      untiedA += Math.abs(inA);
      untiedB += Math.abs(inB);
    }
  }
  if (untiedA === 0 || untiedB === 0) return untiedA === untiedB ? 1 : 0;
  return score / Math.sqrt(untiedA * untiedB);
}

/** 1 if `item` precedes `against`, −1 if it follows, 0 if neither is in the list. */
function orderOf(places: Map<string, number>, item: string, against: string): number {
  const [at, other] = [places.get(item) ?? places.size, places.get(against) ?? places.size];
  return Math.sign(other - at);
}

/**
 * Borda count: an item gets a point for each item ranked after it, and items missing from a list
 * share the remaining points. Up to seven tied items are ordered to contradict the fewest votes
 * (Kemeny). The result's length is the weighted median of the lists' lengths.
 */
export function combineRankings(votes: readonly Weighted<Ranking>[]): Json[] {
  const items = new Map<string, Json>();
  for (const { value } of votes) for (const item of value) items.set(labelKey(item), item);
  const ranked = votes.map(({ value, weight }) => ({ places: placesOf(value), weight }));
  const points = new Map<string, number>();
  for (const { places, weight } of ranked) {
    const left = items.size - places.size;
    for (const key of items.keys()) {
      const place = places.get(key);
      const own = place === undefined ? (left - 1) / 2 : items.size - 1 - place;
      points.set(key, (points.get(key) ?? 0) + weight * own);
    }
  }
  const sorted = [...items.keys()].sort((a, b) => (points.get(b) ?? 0) - (points.get(a) ?? 0));
  const order: string[] = [];
  for (let at = 0; at < sorted.length; ) {
    const top = points.get(sorted[at] ?? '') ?? 0;
    const tied = sorted.slice(at).filter((key) => top - (points.get(key) ?? 0) <= TIE * (1 + top));
    order.push(...inKemenyOrder(tied, ranked));
    at += tied.length;
  }
  const length = weightedMedian(
    ranked.map(({ places, weight }) => ({ value: places.size, weight })),
  );
  return order.slice(0, length).map((key) => items.get(key) ?? null);
}

type Ranked = { places: Map<string, number>; weight: number };

function inKemenyOrder(tied: readonly string[], votes: readonly Ranked[]): readonly string[] {
  if (tied.length < 2 || tied.length > KEMENY_MAX) return tied;
  const before = tied.map((item) =>
    tied.map((other) =>
      votes.reduce((sum, { places, weight }) => sum + weight * orderOf(places, item, other), 0),
    ),
  );
  let best: number[] = tied.map((_, i) => i);
  let bestWorth = Number.NEGATIVE_INFINITY;
  const visit = (order: number[], left: readonly number[], worth: number): void => {
    if (left.length === 0 && worth > bestWorth + TIE) {
      best = [...order];
      bestWorth = worth;
    }
    for (const next of left) {
      const rest = left.filter((each) => each !== next);
      const gained = rest.reduce((sum, other) => sum + (before[next]?.[other] ?? 0), 0);
      visit([...order, next], rest, worth + gained);
    }
  };
  visit([], best, 0);
  return best.map((i) => tied[i] ?? '');
}
