import cluster from 'node:cluster';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { processWide } from '../process-wide';

/** Figures of one process as they go from one to another. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[];

/** What processes of one port say to each other; the one that keeps them hands it on (`scripts/serving/share-figures.mjs`). */
type Message =
  | { humanrail: 'figures-asked'; id: number }
  | { humanrail: 'figures-wanted'; id: number }
  | { humanrail: 'figures-given'; id: number; figures: Figures }
  | { humanrail: 'figures-gathered'; id: number; figures: { process: string; figures: Figures }[] };

/** Longer than what hands them on waits for a process that does not answer. */
const PATIENCE_MS = 2_000;

const asked = () =>
  processWide('metrics.siblings', () => ({
    last: 0,
    waiting: new Map<number, (figures: Map<string, Figures>) => void>(),
  }));

const say = (message: Message) => process.send?.(message);

/**
 * Has this process tell its figures where another one of its port is asked for metrics; which one is, nobody can say
 * before. Does nothing in a process that is alone.
 */
export function tellSiblings(own: () => Promise<Figures>): void {
  if (!cluster.isWorker) return;
  process.on('message', (message: Partial<Message>) => {
    if (message.humanrail === 'figures-gathered') {
      const { id, figures = [] } = message;
      const found = new Map(figures.map((each) => [each.process, each.figures]));
      asked().waiting.get(id ?? 0)?.(found);
    } else if (message.humanrail === 'figures-wanted') {
      const { id = 0 } = message;
      own().then(
        (figures) => say({ humanrail: 'figures-given', id, figures }),
        () => say({ humanrail: 'figures-given', id, figures: [] }),
      );
    }
  });
}

/** The name of this process among those of its port; null where it is alone. */
export function processName(): string | null {
  return cluster.isWorker && cluster.worker ? String(cluster.worker.id) : null;
}

/** Figures of the other processes of this port, by their names: of those that answer in time. */
export async function readSiblings(): Promise<Map<string, Figures>> {
  if (!cluster.isWorker) return new Map();
  const { waiting } = asked();
  asked().last += 1;
  const id = asked().last;
  let timer: NodeJS.Timeout | undefined;
  const found = new Promise<Map<string, Figures>>((resolve) => {
    waiting.set(id, resolve);
    timer = setTimeout(() => resolve(new Map()), PATIENCE_MS).unref();
  });
  say({ humanrail: 'figures-asked', id });
  return found.finally(() => {
    clearTimeout(timer);
    waiting.delete(id);
  });
}
