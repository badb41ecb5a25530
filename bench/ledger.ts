import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deploy } from '@/prisma/migrate';
import { startPostgres } from '@/server/embedded/postgres';
import { useDatabase } from '@/server/platform/db';
import type { Figure } from './figure';
import { measureHotOrganization } from './ledger/hot-organization';
import { findPgbench } from './ledger/pgbench';
import { measurePostings } from './ledger/postings';
import { countOption } from './own-database';
import { report } from './report';

/**
 * Measures the ledger: `npm run bench:ledger`. Postings per second with the ledger's own functions,
 * compared with pgbench running the same number of statements on the same tables, and concurrent
 * creates of one organization, compared with those of many. Uses a temporary Postgres with durable
 * commits.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '8' },
  },
});

const number = (name: keyof typeof values) => countOption(name, values[name]);

const options = {
  seconds: number('seconds'),
  rounds: number('rounds'),
  connections: number('connections'),
};

async function measure(): Promise<Figure[]> {
  const pgbench = findPgbench();
  if (!pgbench) {
    console.log(
      'pgbench is not on this machine, so that the postings stand without a floor. It comes with the server package of PostgreSQL; PGBENCH names it elsewhere.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-bench-'));
  const server = await startPostgres({ dataDir: folder });
  try {
    await deploy(server.url);
    const release = await useDatabase(server.url);
    try {
      console.log('… postings');
      const postings = await measurePostings(server.url, { ...options, pgbench });
      console.log('… creates');
      return [...postings, ...(await measureHotOrganization(options))];
    } finally {
      await release();
    }
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

report(await measure(), options);
process.exit(0);
