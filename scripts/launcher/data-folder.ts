import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from './failure';

/**
 * Creates the data folder and its log folder, and verifies that they are writable.
 * @throws StartError if they are not.
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    makeFolder(join(dataDir, 'log'));
    // As root, Postgres runs as another user, who must be able to traverse the folder; private
    // files are protected by their own mode.
    if (process.getuid?.() === 0) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    const probe = join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, Buffer.alloc(64 * 1024));
    rmSync(probe);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') {
      throw new StartError(
        `The disk that holds ${dataDir} is full; free some space, or set DATA_DIR to a folder on another disk.`,
      );
    }
    throw new StartError(
      `The data folder ${dataDir} cannot be written (${code}); make it writable, or set DATA_DIR to a folder that is.`,
    );
  }
}

/**
 * Creates a folder and its parents. Node's own `recursive` never returns if a folder cannot be
 * created although its parent exists, as in `/proc`.
 */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have created it in the meantime.
    if (!existsSync(path)) throw error;
  }
}

/** The instance's secret: `APP_SECRET` if set, else one generated once into the folder. */
export function appSecret(dataDir: string, env: NodeJS.ProcessEnv): string {
  if (env.APP_SECRET) return env.APP_SECRET;
  const path = join(dataDir, 'secret');
  if (!existsSync(path)) writePrivate(path, randomBytes(32).toString('hex'));
  return readFileSync(path, 'utf8').trim();
}

/** Atomically writes a file that only its owner can read. */
export function writePrivate(path: string, text: string): void {
  const half = `${path}.${process.pid}`;
  writeFileSync(half, text, { mode: 0o600 });
  renameSync(half, path);
}

/** Reads a JSON file; undefined if it is absent or incomplete. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
