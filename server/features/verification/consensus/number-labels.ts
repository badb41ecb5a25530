/** Numbers and dates as labels: values near the weighted median agree, outliers form groups. */
import type { VerificationPolicy } from '../policy';
import type { Json } from '../stage';
import type { Field } from './fields';
import { labelKey } from './json-value';
import { madScale, weightedMedian } from './weighted-median';

interface Point {
  index: number;
  value: number;
  weight: number;
}

export interface NumberLabels {
  labels: string[];
  /** The value to return for the ballots that share a label: some ballot's own. */
  centreOf: (members: number[]) => Json | undefined;
  /** 1.4826 × MAD around the median, in the field's unit (milliseconds for dates); null without values. */
  scale: number | null;
}

function asNumber(field: Field, value: Json | undefined): number | null {
  if (field.kind === 'number') return typeof value === 'number' ? value : null;
  if (typeof value !== 'string') return null;
  const instant = Date.parse(value);
  return Number.isNaN(instant) ? null : instant;
}

/**
 * How far two values may be apart and still agree. A bounded number gets a share of its range,
 * widened by the answers' own spread up to a cap; an unbounded one (a year, an amount) must be equal.
 */
function toleranceOf(
  field: Field,
  centre: number,
  scale: number,
  policy: VerificationPolicy['consensus'],
): number {
  if (field.kind === 'date') return field.wholeDays ? 0 : policy.dateTimeToleranceMs;
  const rounding = Math.abs(centre) * 1e-9;
  const span = field.kind === 'number' ? field.span : null;
  if (span === null) return rounding;
  const widened = Math.min(scale, policy.numberToleranceMax * span);
  return Math.max(policy.numberTolerance * span, widened, rounding);
}

/** Labels ballots by nearness to the weighted median. What is no number keeps its own label. */
export function numberLabels(
  field: Field,
  values: readonly (Json | undefined)[],
  weights: readonly number[],
  policy: VerificationPolicy['consensus'],
): NumberLabels {
  const points: Point[] = values.flatMap((raw, index) => {
    const value = asNumber(field, raw);
    return value === null ? [] : [{ index, value, weight: weights[index] ?? 1 }];
  });
  const centre = weightedMedian(points);
  const scale = points.length > 0 ? madScale(points, centre) : null;
  const tolerance = toleranceOf(field, centre, scale ?? 0, policy);
  const labels = values.map((value) => labelKey(value));
  let group = 0;
  let former: number | null = null;
  for (const { index, value } of [...points].sort((a, b) => a.value - b.value)) {
    if (Math.abs(value - centre) <= tolerance) {
      labels[index] = 'near';
      former = null;
      continue;
    }
    if (former === null || value - former > tolerance) group++;
    labels[index] = `far ${group}`;
    former = value;
  }
  const centreOf = (members: number[]) => {
    const inside = points.filter((point) => members.includes(point.index));
    // Where the middle of all wins, it is the answer; outliers that win have a middle of their own.
    const near = inside.some((point) => labels[point.index] === 'near');
    const middle = near ? centre : weightedMedian(inside);
    const chosen = inside.find((point) => point.value === middle)?.index ?? members[0];
    return chosen === undefined ? undefined : values[chosen];
  };
  return { labels, centreOf, scale };
}
