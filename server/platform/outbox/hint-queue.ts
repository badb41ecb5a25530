import { log } from '../log';
import { kickOutbox } from './registered-relay';

/** How many batches of a queue one process has under way; each takes a connection for a moment. */
const AT_ONCE = 2;
const BATCH = 50;
/** Beyond this the outbox is as fast, and memory stays bounded. */
const WAITING_MAX = 5_000;

/**
 * How long the process that wrote a fact has for acting on its hint, before the outbox checks whether it has.
 */
export const HINT_MS = 1_500;

/**
 * Acts on hints in this process, at once and in batches. What it drops, or loses with its process, the outbox
 * brings again.
 * @param name of the work, for the log.
 * @param work what is done with a batch of ids.
 */
export function createHintQueue(
  name: string,
  work: (ids: readonly string[]) => Promise<unknown>,
): { push: (ids: readonly string[]) => void } {
  const waiting: string[] = [];
  let running = 0;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const ids = waiting.splice(0, BATCH);
      await work(ids).catch((error: unknown) => {
        log.error({ err: error, ids }, `${name} failed; the outbox will bring it again`);
      });
    }
    running -= 1;
    // Kicked only now, so that the outbox finds nothing left to do.
    kickOutbox();
  }

  return {
    push(ids) {
      if (waiting.length < WAITING_MAX) waiting.push(...ids);
      if (running < AT_ONCE && waiting.length > 0) {
        running += 1;
        void run();
      }
    },
  };
}
