import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writePrivate } from './data-folder';
import { isRunning, type ProcessIdentity } from './process-identity';

/** The addresses of a data folder's running instance; written once it responds. */
export interface Runtime {
  /** The launcher's process. */
  pid: number;
  port: number;
  url: string;
  databaseUrl: string;
  /** The embedded engine, if it runs. */
  engineUrl: string | null;
}

const path = (dataDir: string) => join(dataDir, 'runtime.json');

/** The file that identifies a data folder's launcher. */
export const lockFile = (dataDir: string) => join(dataDir, 'launcher.json');

/** The running instance; undefined if none runs. */
export function readRuntime(dataDir: string): Runtime | undefined {
  const runtime = readJson<Runtime>(path(dataDir));
  const holder = readJson<ProcessIdentity>(lockFile(dataDir));
  // After the machine crashed, another program may have the launcher's pid.
  return holder && holder.pid === runtime?.pid && isRunning(holder) ? runtime : undefined;
}

/** Publishes this instance's addresses to scripts. Contains the database's password: owner only. */
export function writeRuntime(dataDir: string, runtime: Runtime): void {
  writePrivate(path(dataDir), JSON.stringify(runtime, null, 2));
}

/** Records that no instance is running. */
export function removeRuntime(dataDir: string): void {
  rmSync(path(dataDir), { force: true });
}
