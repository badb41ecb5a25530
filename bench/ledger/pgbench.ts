import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Where Debian keeps the programs of each version, which are not on PATH. */
const VERSIONS = '/usr/lib/postgresql';

/** The path of pgbench: that of `PGBENCH`, on PATH, or of the newest PostgreSQL that Debian installed. */
export function findPgbench(): string | null {
  const { PGBENCH: given, PATH = '' } = process.env;
  if (given) return given;
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS) : [];
  const folders = [
    ...PATH.split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((name) => join(VERSIONS, name, 'bin')),
  ];
  return folders.map((folder) => join(folder, 'pgbench')).find(existsSync) ?? null;
}

/**
 * Runs a script over and over by several clients.
 * @returns how often a second it ran to its end.
 */
export async function runPgbench(
  pgbench: string,
  databaseUrl: string,
  input: { script: string; clients: number; seconds: number },
): Promise<number> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const { stdout } = await run(
    pgbench,
    [
      ...['--no-vacuum', '--protocol=prepared', '--max-tries=10'],
      ...['--file', input.script, '--time', String(input.seconds)],
      ...['--client', String(input.clients), '--jobs', '1'],
    ],
    {
      env: {
        ...process.env,
        PGHOST: hostname,
        PGPORT: port,
        PGUSER: decodeURIComponent(username),
        PGPASSWORD: decodeURIComponent(password),
        PGDATABASE: pathname.slice(1),
      },
    },
  );
  const [, rate] = /^tps = ([\d.]+)/m.exec(stdout) ?? [];
  if (rate === undefined) throw new Error(`pgbench said nothing of its rate:\n${stdout}`);
  return Number(rate);
}
