/** One measurement, next to the floor of the same run, which no product code can beat. */
export interface Figure {
  name: string;
  value: number;
  unit: 'per second' | 'ms' | 'a task';
  /** What the value is compared with; absent for the floors themselves. */
  floor?: { name: string; value: number };
  /**
   * Rates: value ÷ floor, where 1 equals the floor. Times: value ÷ floor, as a multiple of the
   * floor's time.
   */
  ratio?: number;
  p50Ms?: number;
  p95Ms?: number;
  p99Ms?: number;
  /** The target, if there is one. */
  aim?: string;
  note?: string;
}

/** A measurement with its ratio to a floor. */
export function against(figure: Omit<Figure, 'floor' | 'ratio'>, floor: Figure): Figure {
  return {
    ...figure,
    floor: { name: floor.name, value: floor.value },
    ratio: figure.value / floor.value,
  };
}

/** Durations: the 95th percentile, and others. */
export function timesFigure(name: string, samples: readonly number[], aim?: string): Figure {
  const p95Ms = quantile(samples, 0.95);
  return {
    ...{ name, unit: 'ms', value: p95Ms },
    ...{ p50Ms: quantile(samples, 0.5), p95Ms, p99Ms: quantile(samples, 0.99) },
    ...(aim ? { aim } : {}),
  };
}

/** The value below which `share` of the samples are; NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5);
