/** One measured figure, beside the floor that no product code could beat in the same run. */
export interface Figure {
  name: string;
  value: number;
  unit: 'per second' | 'ms' | 'a task';
  /** What the value is held against; absent for the floors themselves. */
  floor?: { name: string; value: number };
  /** Rates: value ÷ floor, 1 is as fast as the floor. Times: value ÷ floor, how often the floor's time. */
  ratio?: number;
  p50Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
  /** What it should be, where that is settled. */
  aim?: string;
  note?: string;
}

/** A figure with its ratio to a floor. */
export function against(figure: Omit<Figure, 'floor' | 'ratio'>, floor: Figure): Figure {
  return {
    ...figure,
    floor: { name: floor.name, value: floor.value },
    ratio: figure.value / floor.value,
  };
}

/** How long something took: the 95th percentile, with those around it. */
export function timesFigure(name: string, samples: readonly number[], aim?: string): Figure {
  const p95Ms = quantile(samples, 0.95);
  return {
    ...{ name, unit: 'ms', value: p95Ms },
    ...{ p50Ms: quantile(samples, 0.5), p95Ms, p99Ms: quantile(samples, 0.99) },
    ...(aim ? { aim } : {}),
  };
}

/** The value below which `share` of the samples lie; NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
