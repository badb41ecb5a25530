import { join } from 'node:path';
import { seed } from '@/prisma/seed';
import { writePrivate } from './launcher/data-folder';
import { dataFolder } from './launcher/settings';

/**
 * Brings the database to what this version needs; run by the launcher, which shows the last line.
 * `SEED_DEMO=0` leaves the demo organization out. What only this moment knows, its passwords and
 * keys, is kept for later starts to print.
 */
const { created } = await seed({
  demo: process.env.SEED_DEMO !== '0',
  remember: async (facts) => {
    const path = join(dataFolder(process.env), 'first-run.json');
    writePrivate(path, JSON.stringify(facts, null, 2));
  },
});
console.log(created ? 'Made the demo organization' : 'The catalogue is up to date');
process.exit(0);
