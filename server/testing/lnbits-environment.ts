import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const VERSION = '1.6.2';
/** Its Nostr library needs an API that `bitstring` 4.4 removed. */
const REQUIREMENTS = [`lnbits==${VERSION}`, 'bitstring<4.4'];
const PYTHONS = ['python3.12', 'python3.11', 'python3.10', 'python3', 'python'];
const IS_FIT = 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info < (3, 13))';
/** Without importing it, because that creates a key in the current folder. */
const WHERE =
  'import importlib.util, os; print(os.path.dirname(os.path.dirname(importlib.util.find_spec("lnbits").origin)))';
const INSTALL_MS_MAX = 10 * 60_000;

/** Why this machine cannot run LNbits; suites that need it are skipped. */
export class LnbitsUnavailable extends Error {
  constructor(readonly reason: string) {
    super(`LNbits cannot be had here: ${reason}.`);
    this.name = 'LnbitsUnavailable';
  }
}

export interface LnbitsEnvironment {
  python: string;
  /** The folder of its package, from which it must be started. */
  folder: string;
}

/**
 * A virtual environment with LNbits: created in the user's cache on first use, which takes a minute
 * or two, and shared by all checkouts.
 * @throws LnbitsUnavailable without a suitable Python, or without access to PyPI.
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

/** Created under a temporary name and renamed, so that another run never finds a partial one. */
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

/** Uses uv, which takes a tenth of the time; pip if there is no uv for this machine. */
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
