import { readdirSync, readFileSync } from 'node:fs';

/** An instance's measured parts. */
export type Part = 'app' | 'postgres' | 'engine' | 'launcher';

interface Process {
  pid: number;
  parent: number;
  command: string;
  /** Includes exited children. */
  cpuMs: number;
  residentBytes: number;
}

/** Linux counts in hundredths of a second, independent of its timer. */
const MS_PER_TICK = 10;
const PAGE_BYTES = 4_096;

/** The processes' usage so far, by part. */
export interface Usage {
  cpuMs: Record<Part, number>;
  residentBytes: Record<Part, number>;
}

/**
 * Adds up the usage of a launcher and all its descendants, including exited ones, from Linux's
 * `/proc`.
 */
export function usageOf(launcherPid: number): Usage {
  const all = listProcesses();
  const usage: Usage = {
    cpuMs: { app: 0, postgres: 0, engine: 0, launcher: 0 },
    residentBytes: { app: 0, postgres: 0, engine: 0, launcher: 0 },
  };
  const add = (process: Process, under: Part) => {
    const part = partOf(process) ?? under;
    usage.cpuMs[part] += process.cpuMs;
    usage.residentBytes[part] += process.residentBytes;
    for (const child of all.filter(({ parent }) => parent === process.pid)) add(child, part);
  };
  const launcher = all.find(({ pid }) => pid === launcherPid);
  if (!launcher) throw new Error(`There is no process ${launcherPid}.`);
  add(launcher, 'launcher');
  return usage;
}

function partOf({ command }: Process): Part | null {
  if (command.includes('scripts/serve.mjs')) return 'app';
  if (command.includes('scripts/engine.ts')) return 'engine';
  return /postgres/.test(command) ? 'postgres' : null;
}

function listProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [readProcess(Number(name))];
      } catch {
        // It exited after it was listed.
        return [];
      }
    });
}

function readProcess(pid: number): Process {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in parentheses, may contain spaces and parentheses.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, utime = 0, stime = 0, cutime = 0, cstime = 0, resident = 0] = [
    ...[fields[1], fields[11], fields[12], fields[13], fields[14], fields[21]],
  ];
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  const cpuMs = (utime + stime + cutime + cstime) * MS_PER_TICK;
  return { pid, parent, command, cpuMs, residentBytes: resident * PAGE_BYTES };
}
