import { Inngest } from 'inngest';
import { log } from '@/server/platform/log';
import { WholeMilliseconds } from './whole-milliseconds';

const quiet = log.child({ part: 'inngest' });

/** The app's connection to the workflow engine, embedded or Inngest itself; the environment decides. */
export const inngest = new Inngest({
  id: 'humanrail',
  middleware: [WholeMilliseconds],
  logger: {
    info: (...items: unknown[]) => quiet.debug(items),
    warn: (...items: unknown[]) => quiet.warn(items),
    error: (...items: unknown[]) => quiet.error(items),
    debug: (...items: unknown[]) => quiet.trace(items),
  },
});
