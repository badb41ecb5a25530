import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareDataFolder } from './data-folder';

const folder = mkdtempSync(join(tmpdir(), 'humanrail-folder-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the data folder', () => {
  it('is made with all that is above it, and may be there already', () => {
    const dataDir = join(folder, 'a/b/c');
    prepareDataFolder(dataDir);
    prepareDataFolder(dataDir);
    expect(existsSync(join(dataDir, 'log'))).toBe(true);
  });

  it('that cannot be is refused with what to do', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => prepareDataFolder(file)).toThrow('make it writable, or set DATA_DIR');
    // Linux reports here that the parent folder is missing, although it exists.
    if (existsSync('/proc')) expect(() => prepareDataFolder('/proc/none/x')).toThrow('DATA_DIR');
  });
});
