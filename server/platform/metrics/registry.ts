import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { processWide } from '../process-wide';

/** This process's own figures, of all its bundles. */
export const registry = () => processWide('metrics.registry', () => new Registry());

/** Figures that all processes share. */
export const sharedRegistry = () => processWide('metrics.shared-registry', () => new Registry());

interface Description<Label extends string> {
  name: `humanrail_${string}`;
  help: string;
  labels: readonly Label[];
}

/** From a fast read to a request that waits a minute for its answer, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A counter of this process; every bundle that names it counts in the same one. */
export function counter<Label extends string>({ name, help, labels }: Description<Label>) {
  return processWide(
    `metrics.${name}`,
    () => new Counter({ name, help, labelNames: labels, registers: [registry()] }),
  );
}

/** A histogram of seconds of this process; every bundle that names it fills the same one. */
export function durations<Label extends string>({ name, help, labels }: Description<Label>) {
  return processWide(
    `metrics.${name}`,
    () =>
      new Histogram({ name, help, labelNames: labels, buckets: SECONDS, registers: [registry()] }),
  );
}

/** One figure, with what tells it from others of its name. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  /** NaN where it could not be measured. */
  value: number;
}

/** A gauge as it was measured for a scrape; all samples have the same labels. */
export interface Measured {
  name: string;
  help: string;
  labels?: readonly string[];
  samples: readonly Sample[];
}

const gaugeOf = ({ name, help, labels = [] }: Measured, into: Registry) =>
  processWide(
    `metrics.${name}`,
    () => new Gauge({ name, help, labelNames: labels, registers: [into] }),
  );

/** Puts what was measured in place of what was measured before. */
export function setGauge(measured: Measured, into: Registry): void {
  const gauge = gaugeOf(measured, into);
  gauge.reset();
  // Without samples, a gauge without labels would say 0.
  if (!measured.labels && measured.samples.length === 0) gauge.remove();
  for (const { labels = {}, value } of measured.samples) gauge.set(labels, value);
}
