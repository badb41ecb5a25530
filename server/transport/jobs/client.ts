import { Inngest } from 'inngest';
import { log } from '@/server/platform/log';
import { WholeMilliseconds } from './whole-milliseconds';

const quiet = log.child({ part: 'inngest' });

/**
 * The app's connection to the workflow engine: the embedded one or Inngest, depending on the
 * environment.
 */
export const inngest = new Inngest({
  id: 'humanrail',
  middleware: [WholeMilliseconds],
  // Batches step results: the last step's result is sent with the end of the run, and others in
  // pairs, instead of one request each. If a process crashes in between, a step is repeated, which
  // every job tolerates.
  checkpointing: { bufferedSteps: 2 },
  logger: {
    info: (...items: unknown[]) => quiet.debug(items),
    warn: (...items: unknown[]) => quiet.warn(items),
    error: (...items: unknown[]) => quiet.error(items),
    debug: (...items: unknown[]) => quiet.trace(items),
  },
});
