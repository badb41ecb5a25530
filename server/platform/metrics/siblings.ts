import cluster from 'node:cluster';
import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { processWide } from '../process-wide';

/** One process's metrics in transferable form. */
export type Figures = MetricObjectWithValues<MetricValue<string>>[];

/**
 * Messages between processes of one port, relayed by their parent
 * (`scripts/serving/share-figures.mjs`).
 */
type Message =
  | { humanrail: 'figures-asked'; id: number }
  | { humanrail: 'figures-wanted'; id: number }
  | { humanrail: 'figures-given'; id: number; figures: Figures }
  | { humanrail: 'figures-gathered'; id: number; figures: { process: string; figures: Figures }[] };

/** Longer than the relay's timeout for a process. */
const PATIENCE_MS = 2_000;

const asked = () =>
  processWide('metrics.siblings', () => ({
    last: 0,
    waiting: new Map<number, (figures: Map<string, Figures>) => void>(),
  }));

const say = (message: Message) => process.send?.(message);

/**
 * Answers requests of other processes of this port for this process's metrics. Does nothing in a
 * single process.
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

/** This process's name among those of its port; null if it is alone. */
export function processName(): string | null {
  return cluster.isWorker && cluster.worker ? String(cluster.worker.id) : null;
}

/** The metrics of the port's other processes by name, if they respond in time. */
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
