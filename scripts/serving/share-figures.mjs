/** Timeout for a process to report its metrics. */
const PATIENCE_MS = 1_000;

/**
 * Collects metrics from all processes for the one that is asked for `/metrics`: they share one
 * port, and each knows only its own. `server/platform/metrics/siblings.ts` is the counterpart.
 * @param {() => Iterable<import('node:cluster').Worker>} workers the running workers
 * @returns {(worker: import('node:cluster').Worker) => void} call it with each worker started
 */
export function shareFigures(workers) {
  let last = 0;
  /** @type {Map<number, (from: import('node:cluster').Worker, figures: unknown) => void>} */
  const gathering = new Map();

  /** @param {import('node:cluster').Worker} asker @param {number} askedId */
  function gather(asker, askedId) {
    const others = new Set([...workers()].filter((each) => each !== asker && each.isConnected()));
    /** @type {{ process: string, figures: unknown }[]} */
    const figures = [];
    const id = ++last;
    const end = () => {
      clearTimeout(timer);
      if (!gathering.delete(id) || !asker.isConnected()) return;
      asker.send({ humanrail: 'figures-gathered', id: askedId, figures });
    };
    const timer = setTimeout(end, PATIENCE_MS);
    gathering.set(id, (from, given) => {
      if (!others.delete(from)) return;
      figures.push({ process: String(from.id), figures: given });
      if (others.size === 0) end();
    });
    for (const each of others) each.send({ humanrail: 'figures-wanted', id });
    if (others.size === 0) end();
  }

  return (worker) => {
    worker.on('message', (message) => {
      if (message?.humanrail === 'figures-asked') gather(worker, message.id);
      if (message?.humanrail === 'figures-given')
        gathering.get(message.id)?.(worker, message.figures);
    });
  };
}
