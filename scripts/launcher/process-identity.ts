import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that can be told from a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** When it began, in whatever words the system has for that. */
  began: string;
  /** The number of the process that started it. */
  parent: number;
}

/** Who has this number now; undefined when nobody, or one that has ended already. */
export function identify(pid: number): ProcessIdentity | undefined {
  return fromProc(pid) ?? fromPs(pid);
}

/** Whether this very process still runs. */
export function isRunning(known: ProcessIdentity): boolean {
  return identify(known.pid)?.began === known.began;
}

function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold spaces; the state comes right after it.
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
