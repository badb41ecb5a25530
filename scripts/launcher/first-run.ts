import { join } from 'node:path';
import type { FirstRunFacts } from '@/prisma/seed';
import { readJson } from './data-folder';

/** The demo's sign-ins and keys, kept when they were made; undefined where no demo was. */
export function readFirstRun(dataDir: string): FirstRunFacts | undefined {
  return readJson<FirstRunFacts>(join(dataDir, 'first-run.json'));
}
