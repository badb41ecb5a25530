import type { LiveEvent } from '@/server/platform/outbox';
import { type LiveFilter, liveHub } from '../live';

/** Changes that belong together commit within a moment of each other. */
const GATHER_MS = 15;
/** A page reads again at most so often, however much happens. */
const REST_MS = 250;

/**
 * Live events as a stream of "something changed", for a page to read again. The first is told at once,
 * those that follow closely as one. It first yields once it hears, so that the page reads what
 * passed before; it ends with `signal`.
 */
export async function* liveStream(
  filters: readonly LiveFilter[],
  options: { signal: AbortSignal | undefined; accept?: (event: LiveEvent) => boolean },
): AsyncGenerator<{ types: string[] }> {
  const { signal, accept } = options;
  const hub = liveHub();
  const heard = new Set<string>(['connected']);
  let wake: () => void = () => undefined;
  const hear = (event: LiveEvent) => {
    if (event.type !== 'resync' && accept && !accept(event)) return;
    heard.add(event.type);
    wake();
  };
  const ends = filters.map((filter) => hub.subscribe(filter, hear));
  const abort = () => wake();
  signal?.addEventListener('abort', abort);
  try {
    await hub.ready();
    while (!signal?.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (heard.size > 0 || signal?.aborted) resolve();
      });
      await pause(GATHER_MS);
      const types = [...heard];
      heard.clear();
      yield { types };
      await pause(REST_MS);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    for (const end of ends) end();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
