import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { bundleThreadCode } from './bundle';

const folder = mkdtempSync(join(tmpdir(), 'humanrail-threads-'));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function checkout(name: string, said: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'server'), { recursive: true });
  writeFileSync(join(root, 'server/threads.ts'), `globalThis.said = ${JSON.stringify(said)};\n`);
  return root;
}

const codeOf = (root: string) => {
  vi.spyOn(process, 'cwd').mockReturnValue(root);
  return bundleThreadCode();
};

test('code kept for one checkout is not run by a copy of it whose sources differ', async () => {
  const first = checkout('first', 'one');
  expect(await codeOf(first)).toContain('one');
  const copy = join(folder, 'copy');
  cpSync(first, copy, { recursive: true, preserveTimestamps: true });
  writeFileSync(join(copy, 'server/threads.ts'), 'globalThis.said = "two";\n');
  expect(await codeOf(copy)).toContain('two');
  // A change next to the cached code is detected as well.
  writeFileSync(join(first, 'server/threads.ts'), 'globalThis.said = "three";\n');
  expect(await codeOf(first)).toContain('three');
});

test('code that a package comes with is run as it is', async () => {
  const root = checkout('package', 'source');
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/threads.cjs'), 'globalThis.said = "made";\n');
  expect(await codeOf(root)).toBe('globalThis.said = "made";\n');
});
