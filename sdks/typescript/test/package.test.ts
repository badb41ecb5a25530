import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));

/** Minified, for browsers. What is bigger has taken something in that should be looked at. */
const BUNDLE_BYTES_MAX = 37_000;

describe('what browsers load', () => {
  const bundle = (entry: string) =>
    build({
      entryPoints: [`${root}src/${entry}.ts`],
      bundle: true,
      minify: true,
      platform: 'browser',
      format: 'esm',
      metafile: true,
      write: false,
      logLevel: 'silent',
    });

  it.each(['index', 'tools'])(
    '%s has nothing of Node or the command in it, and stays small',
    async (entry) => {
      const { metafile, outputFiles } = await bundle(entry);
      const inputs = Object.keys(metafile.inputs);
      expect(inputs.filter((name) => /command|node:|src\/(ai|inngest)/.test(name))).toEqual([]);
      expect(outputFiles[0]?.contents.length).toBeLessThan(BUNDLE_BYTES_MAX);
    },
  );
});

describe('the package as it is installed', () => {
  const names = Object.keys(packageJson.exports).filter((name) => !name.endsWith('.json'));
  const specifier = (name: string) => `@humanrail/sdk${name.slice(1)}`;
  const node = async (...args: string[]) =>
    (await run(process.execPath, args, { cwd: root })).stdout;

  // Does nothing where the build is newer than the source.
  beforeAll(() => run(process.execPath, [`${root}../../scripts/build-sdk.mjs`]), 120_000);

  it.each(names)('%s is one module for import and for require', async (name) => {
    const imported = `import * as m from '${specifier(name)}'; console.log(Object.keys(m).sort().join())`;
    const required = `console.log(Object.keys(require('${specifier(name)}')).sort().join())`;
    const [esm, cjs] = await Promise.all([
      node('--input-type=module', '-e', imported),
      node('--input-type=commonjs', '-e', required),
    ]);
    expect(esm.trim()).not.toBe('');
    expect(cjs).toBe(esm);
  });

  it('has a command', async () => {
    const [bin] = Object.values(packageJson.bin);
    expect((await node(bin as string, '--version')).trim()).toBe(packageJson.version);
    const wrong = await run(process.execPath, [bin as string, 'nope'], { cwd: root }).catch(
      (failure: { code: number; stderr: string }) => failure,
    );
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("no command 'nope'") });
  });

  it('has one dependency, and asks for no framework', () => {
    expect(Object.keys(packageJson.dependencies)).toEqual(['@noble/hashes']);
    expect(packageJson.peerDependenciesMeta).toEqual({
      ai: { optional: true },
      inngest: { optional: true },
    });
  });
});
