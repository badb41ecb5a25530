import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether a program is on PATH, under the names used by different systems. */
export function isOnPath(program: string, path = process.env.PATH ?? ''): boolean {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program];
  return path
    .split(delimiter)
    .some((folder) => folder && names.some((name) => existsSync(join(folder, name))));
}
