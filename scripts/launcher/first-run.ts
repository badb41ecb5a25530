import { join } from 'node:path';
import type { FirstRunFacts } from '@/prisma/seed';
import { readJson } from './data-folder';

/** The demo's sign-ins and keys, stored at creation; undefined without a demo. */
export function readFirstRun(dataDir: string): FirstRunFacts | undefined {
  return readJson<FirstRunFacts>(join(dataDir, 'first-run.json'));
}
