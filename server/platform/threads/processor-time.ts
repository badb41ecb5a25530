import { readFileSync, readlinkSync } from 'node:fs';

/**
 * The file in which Linux counts the processor time of the thread that calls this; null elsewhere.
 * Other threads of the process may read it.
 */
export function processorFile(): string | null {
  try {
    return `/proc/${readlinkSync('/proc/thread-self')}/schedstat`;
  } catch {
    return null;
  }
}

/** Milliseconds of processor time by such a file; null where it cannot be read. */
export function processorMs(file: string | null): number | null {
  if (file === null) return null;
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return null;
  }
}
