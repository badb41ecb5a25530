import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writePrivate } from './data-folder';
import { isRunning, type ProcessIdentity } from './process-identity';

/** Where the running instance of a data folder is to be found; written once it answers. */
export interface Runtime {
  /** The launcher's process. */
  pid: number;
  port: number;
  url: string;
  databaseUrl: string;
  /** The embedded engine, when it runs. */
  engineUrl: string | null;
}

const path = (dataDir: string) => join(dataDir, 'runtime.json');

/** The file that says which launcher has a data folder. */
export const lockFile = (dataDir: string) => join(dataDir, 'launcher.json');

/** The running instance, or undefined when none runs. */
export function readRuntime(dataDir: string): Runtime | undefined {
  const runtime = readJson<Runtime>(path(dataDir));
  const holder = readJson<ProcessIdentity>(lockFile(dataDir));
  // After a crash of the machine, another program may have the launcher's number.
  return holder && holder.pid === runtime?.pid && isRunning(holder) ? runtime : undefined;
}

/** Tells scripts where this instance is. The file holds the database's password: owner only. */
export function writeRuntime(dataDir: string, runtime: Runtime): void {
  writePrivate(path(dataDir), JSON.stringify(runtime, null, 2));
}

/** Says that no instance runs any more. */
export function removeRuntime(dataDir: string): void {
  rmSync(path(dataDir), { force: true });
}
