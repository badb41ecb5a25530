import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The contents of a running server's postmaster.pid. */
export interface RunningServer {
  pid: number;
  port: number;
  stopping: boolean;
}

/** Whether the process is running; a zombie is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).charAt(0) !== 'Z';
  } catch {
    return true;
  }
}

/**
 * The server that holds the cluster in `folder`, if one is running. A pid file whose number now
 * belongs to another program is removed, because Postgres would mistake that program for a server.
 */
export function findRunningServer(folder: string): RunningServer | undefined {
  const path = join(folder, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid === 0 || !isAlive(pid)) return undefined;
  if (!commandOf(pid).includes(folder)) {
    rmSync(path, { force: true });
    return undefined;
  }
  // A server that just started has not written its port yet.
  return { pid, port: Number(lines[3] ?? 0), stopping: lines[7]?.trim() === 'stopping' };
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
      .stdout;
  }
}
