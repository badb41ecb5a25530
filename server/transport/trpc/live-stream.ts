import type { LiveEvent } from '@/server/platform/outbox';
import { type LiveFilter, liveHub } from '../live';

/** Related changes commit within this time. */
const GATHER_MS = 15;
/** Minimum interval between notifications. */
const REST_MS = 250;

/**
 * Live events as a stream of "something changed", which makes a page re-read. The first is sent at
 * once, those that follow shortly as one. It yields first when it starts listening, so that the
 * page reads what was missed; it ends with `signal`.
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
