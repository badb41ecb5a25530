import { join } from 'node:path';
import { seed } from '@/prisma/seed';
import { writePrivate } from './launcher/data-folder';
import { dataFolder } from './launcher/settings';

/**
 * Seeds the database for this version; run by the launcher, which shows the last line.
 * `SEED_DEMO=0` skips the demo organization. Passwords and keys known only at creation are stored
 * for later starts to print.
 */
const { created } = await seed({
  demo: process.env.SEED_DEMO !== '0',
  remember: async (facts) => {
    const path = join(dataFolder(process.env), 'first-run.json');
    writePrivate(path, JSON.stringify(facts, null, 2));
  },
});
console.log(created ? 'Created the demo organization' : 'The catalogue is up to date');
process.exit(0);
