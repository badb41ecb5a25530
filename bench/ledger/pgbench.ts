import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Debian's folder of each version's programs, which are not on PATH. */
const VERSIONS = '/usr/lib/postgresql';

/** The path of pgbench: from `PGBENCH`, PATH, or Debian's newest PostgreSQL. */
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
 * Runs a script repeatedly with several clients.
 * @returns executions per second.
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
  if (rate === undefined) throw new Error(`pgbench printed no rate:\n${stdout}`);
  return Number(rate);
}
