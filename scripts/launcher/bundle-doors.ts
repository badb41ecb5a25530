import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from './packaged';

/**
 * Prisma's runtime as Next's bundle loads it, by `require`. Its module for `import` is another copy, and what
 * pages write with one copy's `Prisma.sql` the other copy's client takes for a value.
 */
const onePrisma: Plugin = {
  name: 'one-prisma',
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^@prisma\/(client\/runtime\/client|adapter-pg)$/ },
      ({ path, namespace }) =>
        namespace === 'required' ? { path, external: true } : { path, namespace: 'required' },
    );
    onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

const FOLDER = join(root, '.next/doors');

/**
 * Bundles what answers programs (`server/doors`) for the server that has it in front of Next. It is part of
 * the build in `.next`; `scripts/serve.mjs` loads it, and libraries stay where Node finds them.
 */
export async function bundleDoors(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { doors: 'server/doors/node.ts' },
    outdir: FOLDER,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    keepNames: true,
    minifySyntax: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [onePrisma],
    // Packages of this repository, which the published package has no folder for.
    alias: {
      '@humanrail/mcp': join(root, 'sdks/mcp/dist/esm/index.js'),
      '@humanrail/sdk': join(root, 'sdks/typescript/dist/esm/index.js'),
    },
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.filename);",
    },
  });
}
