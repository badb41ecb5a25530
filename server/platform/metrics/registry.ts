import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { processWide } from '../process-wide';

/** This process's own metrics, across all its bundles. */
export const registry = () => processWide('metrics.registry', () => new Registry());

/** Metrics shared by all processes. */
export const sharedRegistry = () => processWide('metrics.shared-registry', () => new Registry());

interface Description<Label extends string> {
  name: `humanrail_${string}`;
  help: string;
  labels: readonly Label[];
}

/** Bucket bounds in seconds, from a fast read to a request with a long wait. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** A counter of this process; shared by all bundles by name. */
export function counter<Label extends string>({ name, help, labels }: Description<Label>) {
  return processWide(
    `metrics.${name}`,
    () => new Counter({ name, help, labelNames: labels, registers: [registry()] }),
  );
}

/** A histogram of seconds of this process; shared by all bundles by name. */
export function durations<Label extends string>({ name, help, labels }: Description<Label>) {
  return processWide(
    `metrics.${name}`,
    () =>
      new Histogram({ name, help, labelNames: labels, buckets: SECONDS, registers: [registry()] }),
  );
}

/** One sample with its labels. */
export interface Sample {
  labels?: Readonly<Record<string, string>>;
  /** NaN if it could not be measured. */
  value: number;
}

/** A gauge measured for a scrape; all samples have the same label names. */
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

/** Replaces a gauge's samples. */
export function setGauge(measured: Measured, into: Registry): void {
  const gauge = gaugeOf(measured, into);
  gauge.reset();
  // A gauge without labels would otherwise report 0.
  if (!measured.labels && measured.samples.length === 0) gauge.remove();
  for (const { labels = {}, value } of measured.samples) gauge.set(labels, value);
}
