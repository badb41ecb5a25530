import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from '../launcher/packaged';

/** The package's programs, by the name of their file in `app/dist`. */
const PROGRAMS = {
  command: 'scripts/command/main.ts',
  engine: 'scripts/engine.ts',
  seed: 'scripts/seed.ts',
};

/**
 * Makes each bundled source see its path in the checkout, with `app` as the root, so that look-ups
 * of files relative to the source also work in the package.
 */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.m?ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const source = await readFile(path, 'utf8');
      const place = JSON.stringify(relative(root, path));
      return {
        contents: source.replaceAll('import.meta.url', `new URL(${place}, packageApp).href`),
        loader: 'ts',
      };
    });
  },
};

/** Bundles our own sources into ES modules in `folder`; libraries stay external. */
export async function bundlePrograms(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: PROGRAMS,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    logLevel: 'warning',
    define: { HUMANRAIL_PACKAGED: 'true' },
    plugins: [keepPlaces],
    // A part lies one folder deeper than a program.
    banner: {
      js: "const packageApp = new URL(import.meta.url.includes('/dist/parts/') ? '../../' : '../', import.meta.url);",
    },
  });
}
