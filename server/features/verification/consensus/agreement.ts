/**
 * Agreement beyond chance. Shown with the consensus, but does not affect it, because a low
 * agreement and a correct consensus are compatible.
 */

export type AlphaMetric = 'nominal' | 'ordinal' | 'interval';

/** Values of one unit (task), one per rater who judged it. */
export type RatedUnit = readonly number[];

/**
 * Krippendorff's α: 1 − observed / expected disagreement over all pairs within units. Units with
 * one value do not count. Null without pairs, or if all values are equal and nothing could have
 * disagreed.
 * @param units Numbers; for `nominal`, any numbering of the labels.
 */
export function krippendorffAlpha(
  units: readonly RatedUnit[],
  metric: AlphaMetric = 'nominal',
): number | null {
  const paired = units.filter((unit) => unit.length > 1);
  const values = [...new Set(paired.flat())].sort((a, b) => a - b);
  const position = new Map(values.map((value, i) => [value, i]));
  const size = values.length;
  const coincidences = Array.from({ length: size }, () => new Float64Array(size));
  for (const unit of paired) {
    unit.forEach((value, a) => {
      unit.forEach((other, b) => {
        if (a === b) return;
        const row = coincidences[position.get(value) ?? 0];
        const column = position.get(other) ?? 0;
        if (row) row[column] = (row[column] ?? 0) + 1 / (unit.length - 1);
      });
    });
  }
  const totals = coincidences.map((row) => row.reduce((sum, cell) => sum + cell, 0));
  const n = totals.reduce((sum, total) => sum + total, 0);
  const distance = squaredDistance(metric, values, totals);
  let observed = 0;
  let expected = 0;
  for (let c = 0; c < size; c++) {
    for (let k = 0; k < size; k++) {
      const apart = distance(c, k);
      observed += (coincidences[c]?.[k] ?? 0) * apart;
      expected += ((totals[c] ?? 0) * (totals[k] ?? 0) * apart) / (n - 1);
    }
  }
  return expected > 0 ? 1 - observed / expected : null;
}

function squaredDistance(
  metric: AlphaMetric,
  values: readonly number[],
  totals: readonly number[],
): (c: number, k: number) => number {
  if (metric === 'nominal') return (c, k) => (c === k ? 0 : 1);
  if (metric === 'interval') return (c, k) => ((values[c] ?? 0) - (values[k] ?? 0)) ** 2;
  return (c, k) => {
    const [low, high] = c < k ? [c, k] : [k, c];
    const between = totals.slice(low, high + 1).reduce((sum, total) => sum + total, 0);
    return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2;
  };
}

/**
 * Cohen's κ of two raters over the units both judged. Null without units, or if chance alone would
 * always agree.
 */
export function cohenKappa(pairs: readonly (readonly [string, string])[]): number | null {
  if (pairs.length === 0) return null;
  const n = pairs.length;
  const share = (side: 0 | 1, label: string) =>
    pairs.filter((pair) => pair[side] === label).length / n;
  const labels = new Set(pairs.flat());
  const observed = pairs.filter(([a, b]) => a === b).length / n;
  const chance = [...labels].reduce((sum, label) => sum + share(0, label) * share(1, label), 0);
  return chance < 1 ? (observed - chance) / (1 - chance) : null;
}
