import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from '../launcher/packaged';

/** Programs of the package, by the name of their file in `app/dist`. */
const PROGRAMS = {
  command: 'scripts/command/main.ts',
  engine: 'scripts/engine.ts',
  seed: 'scripts/seed.ts',
};

/**
 * Lets each source believe that it lies where it does in the checkout, with `app` as the root: what
 * looks for files beside itself finds them in the package as well.
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

/** Bundles our own sources into ES modules in `folder`; libraries stay where Node finds them. */
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
