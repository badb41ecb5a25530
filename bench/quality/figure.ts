/** One quality measurement next to its target. */
export interface QualityFigure {
  table: string;
  name: string;
  measured: number | string;
  target: string;
  /** Null if the figure is for comparison only. */
  passes: boolean | null;
  note?: string;
}

/** Percentages have two digits; half of the last published one is rounding. */
const ROUNDING = 0.051;

export function atLeast(
  table: string,
  name: string,
  measured: number,
  target: number,
  { tolerance = ROUNDING, note }: { tolerance?: number; note?: string } = {},
): QualityFigure {
  const passes = measured >= target - tolerance;
  return { table, name, measured, target: `≥ ${target}`, passes, ...(note ? { note } : {}) };
}

export function atMost(
  table: string,
  name: string,
  measured: number,
  target: number,
  note?: string,
): QualityFigure {
  const passes = measured <= target;
  return { table, name, measured, target: `≤ ${target}`, passes, ...(note ? { note } : {}) };
}

/** A figure published to its last digit. */
export function exactly(
  table: string,
  name: string,
  measured: string,
  target: string,
): QualityFigure {
  return { table, name, measured, target: `= ${target}`, passes: measured === target };
}

/** For comparison only. */
export function shown(table: string, name: string, measured: number | string): QualityFigure {
  return { table, name, measured, target: '', passes: null };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
