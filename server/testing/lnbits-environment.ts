import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const VERSION = '1.6.2';
/** Its Nostr library wants a `bitstring` that still has what 4.4 took away. */
const REQUIREMENTS = [`lnbits==${VERSION}`, 'bitstring<4.4'];
const PYTHONS = ['python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const IS_FIT = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 13))';
const WHERE = 'import lnbits, os; print(os.path.dirname(os.path.dirname(lnbits.__file__)))';
const INSTALL_MS_MAX = 10 * 60_000;

/** Why this machine cannot have LNbits; what needs it is then left out. */
export class LnbitsUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`LNbits cannot be had here: ${reason}.`);
    this.name = 'LnbitsUnavailable';
  }
}

export interface LnbitsEnvironment {
  python: string;
  /** The folder that holds its package, from which it has to be started. */
  folder: string;
}

/**
 * A virtual environment with LNbits: made in the user's cache the first time, which takes a minute or
 * two, and shared by every checkout from then on.
 * @throws LnbitsUnavailable where there is no fitting Python, or no way to PyPI.
 */
export async function lnbitsEnvironment(): Promise<LnbitsEnvironment> {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const home = join(cache, 'humanrail', `lnbits-${VERSION}`);
  if (!existsSync(home)) await makeEnvironment(home);
  const python = pythonIn(home);
  const { stdout } = await run(python, ['-c', WHERE]);
  return { python, folder: stdout.trim() };
}

const pythonIn = (environment: string) => join(environment, 'bin', 'python');

/** Made beside its place and then moved there, so that another run never finds half of one. */
async function makeEnvironment(home: string): Promise<void> {
  const base = await findPython();
  if (base === null) throw new LnbitsUnavailable('there is no Python 3.10 to 3.12 with venv');
  mkdirSync(dirname(home), { recursive: true });
  const making = `${home}.${process.pid}`;
  try {
    await run(base, ['-m', 'venv', making]);
    await install(pythonIn(making));
    if (!existsSync(home)) renameSync(making, home);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
}

async function findPython(): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const { HUMANRAIL_PYTHON } = process.env;
  for (const name of HUMANRAIL_PYTHON ? [HUMANRAIL_PYTHON] : PYTHONS) {
    const fits = await run(name, ['-c', IS_FIT]).then(
      () => true,
      () => false,
    );
    if (fits) return name;
  }
  return null;
}

/** By uv, which takes a tenth of the time; by pip where it has no uv for this machine. */
async function install(python: string): Promise<void> {
  const options = { timeout: INSTALL_MS_MAX, maxBuffer: 16 * 1024 * 1024 };
  const pip = (...args: string[]) =>
    run(python, ['-m', 'pip', '--disable-pip-version-check', '--quiet', ...args], options);
  try {
    await pip('install', 'uv');
    const by = ['-m', 'uv', 'pip', 'install', '--quiet', '--python', python];
    await run(python, [...by, ...REQUIREMENTS], options);
  } catch {
    await pip('install', ...REQUIREMENTS).catch((error: Error) => {
      const words = error.message.trim().split('\n').at(-1);
      throw new LnbitsUnavailable(`it cannot be installed from PyPI (${words})`);
    });
  }
}
