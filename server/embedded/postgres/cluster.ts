import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, canEnter, giveTo } from './account';
import type { Binaries } from './binaries';
import { explainOutput, PostgresStartError } from './failure';
import { refugeFolder } from './refuge';

const MAJOR_VERSION = '18';

/** The superuser of an embedded cluster. */
export const USER = 'humanrail';

/** A cluster on disk: its folder, and the password of its superuser. */
export interface Cluster {
  folder: string;
  password: string;
}

/**
 * Finds the cluster in `dataDir`, or creates it: under a temporary name first, then renamed, so
 * that a kill half-way leaves nothing that looks complete.
 * @throws PostgresStartError if it cannot be created or belongs to another major version.
 */
export async function ensureCluster(
  dataDir: string,
  binaries: Binaries,
  account: Account,
  log: (line: string) => void,
): Promise<Cluster> {
  mkdirSync(dataDir, { recursive: true });
  // The server's account must be able to traverse to the cluster; the password file's own mode
  // protects it.
  if (account) chmodSync(dataDir, 0o711);
  const password = readPassword(join(dataDir, 'password'));
  const link = join(dataDir, 'cluster');
  if (lstatSync(link, { throwIfNoEntry: false })) return openCluster(link, dataDir, password);

  const home = chooseHome(dataDir, account, log);
  const folder = join(home, 'cluster');
  await initialise(folder, binaries, account, password);
  if (home !== dataDir) symlinkSync(folder, link);
  return { folder, password };
}

function openCluster(link: string, dataDir: string, password: string): Cluster {
  if (!existsSync(link)) {
    throw new PostgresStartError(
      `The database of ${dataDir} was kept elsewhere (${link} is a link) and is gone; bring it back, or remove ${dataDir} to start with an empty one.`,
    );
  }
  const folder = realpathSync(link);
  const version = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR_VERSION) {
    throw new PostgresStartError(
      `The database in ${folder} was made by PostgreSQL ${version} and this is PostgreSQL ${MAJOR_VERSION}; dump and restore it, or move ${dataDir} away to start with an empty one.`,
    );
  }
  return { folder, password };
}

/** The folder itself, or a separate one if the server's account cannot reach it. */
function chooseHome(dataDir: string, account: Account, log: (line: string) => void): string {
  if (canEnter(account, dataDir)) return dataDir;
  const clusters = join(refugeFolder(account), 'clusters');
  mkdirSync(clusters, { recursive: true });
  const home = mkdtempSync(join(clusters, 'c-'));
  chmodSync(home, 0o711);
  log(
    `${dataDir} can be entered by root alone, so the database is kept in ${home} (linked from there).`,
  );
  return home;
}

function readPassword(path: string): string {
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, randomBytes(24).toString('hex'), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return readFileSync(path, 'utf8').trim();
}

async function initialise(
  folder: string,
  binaries: Binaries,
  account: Account,
  password: string,
): Promise<void> {
  const half = `${folder}.new`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  giveTo(account, half);
  const passwordFile = join(dirname(folder), 'password.new-cluster');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  giveTo(account, passwordFile);
  try {
    const { code, output } = await run(
      binaries.initdb,
      [
        `--pgdata=${half}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        // Code-point order as in C, with case mapping for every script.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      account,
    );
    if (code !== 0) throw explainOutput(output, dirname(folder), 'could not make its database');
    renameSync(half, folder);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

function run(program: string, args: string[], account: Account) {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(program, args, {
      ...account,
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC', NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
