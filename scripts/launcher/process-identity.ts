import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process, distinguishable from a later one with the same pid. */
export interface ProcessIdentity {
  pid: number;
  /** Its start time, in the system's own format. */
  began: string;
  /** The parent's pid. */
  parent: number;
}

/** The process with this pid; undefined if there is none, or it has already exited. */
export function identify(pid: number): ProcessIdentity | undefined {
  return fromProc(pid) ?? fromPs(pid);
}

/** Whether this exact process is still running. */
export function isRunning(known: ProcessIdentity): boolean {
  return identify(known.pid)?.began === known.began;
}

function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in parentheses and may contain spaces; the state follows it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return { pid, began: `${boot} ${fields[19]}`, parent: Number(fields[1]) };
  } catch {
    return undefined;
  }
}

function fromPs(pid: number): ProcessIdentity | undefined {
  if (process.platform === 'linux') return undefined;
  const args = ['-o', 'ppid=', '-o', 'state=', '-o', 'lstart=', '-p', String(pid)];
  const [parent, state, ...began] = spawnSync('ps', args, { encoding: 'utf8' })
    .stdout.trim()
    .split(/\s+/);
  if (!state || state.startsWith('Z')) return undefined;
  return { pid, began: began.join(' '), parent: Number(parent) };
}
