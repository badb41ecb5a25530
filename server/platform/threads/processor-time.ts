import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The file in which Linux reports the calling thread's CPU time; null elsewhere. Readable by other
 * threads of the process.
 */
export function processorFile(): string | null {
  try {
    return `/proc/${readlinkSync('/proc/thread-self')}/schedstat`;
  } catch {
    return null;
  }
}

/** Milliseconds of CPU time from such a file; null if unreadable. */
export function processorMs(file: string | null): number | null {
  if (file === null) return null;
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}
