import { AggregatorRegistry } from 'prom-client';
import type { Figures } from './siblings';

/** Merges several processes' metrics, distinguished by a label. */
export function mergeFigures(processes: ReadonlyMap<string, Figures>): Figures {
  const byName = new Map<string, Figures[number]>();
  for (const [process, figures] of processes) {
    for (const { values, ...metric } of figures) {
      const known = byName.get(metric.name) ?? { ...metric, values: [] };
      known.values.push(
        ...values.map((each) => ({ ...each, labels: { ...each.labels, process } })),
      );
      byName.set(metric.name, known);
    }
  }
  return [...byName.values()];
}

/** Serializes metrics. They differ in name or labels, so that `aggregate` has nothing to add up. */
export function writeFigures(figures: Figures): Promise<string> {
  const told = figures.map((metric) => ({ ...metric, aggregator: 'sum' as const }));
  return AggregatorRegistry.aggregate([told]).metrics();
}
