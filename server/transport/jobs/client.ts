import { Inngest } from 'inngest';
import { log } from '@/server/platform/log';
import { WholeMilliseconds } from './whole-milliseconds';

const quiet = log.child({ part: 'inngest' });

/** The app's connection to the workflow engine, embedded or Inngest itself; the environment decides. */
export const inngest = new Inngest({
  id: 'humanrail',
  middleware: [WholeMilliseconds],
  // A single step's result comes with the end of its run, in one answer, instead of a request of its
  // own before it; of several, each second one is saved with the one before. A process that dies in
  // between does a step again, for which every job is made.
  checkpointing: { bufferedSteps: 2 },
  logger: {
    info: (...items: unknown[]) => quiet.debug(items),
    warn: (...items: unknown[]) => quiet.warn(items),
    error: (...items: unknown[]) => quiet.error(items),
    debug: (...items: unknown[]) => quiet.trace(items),
  },
});
