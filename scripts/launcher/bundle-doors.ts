import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { root } from './packaged';

/**
 * Prisma's runtime as Next's bundle loads it, with `require`. Its ES module is a separate copy,
 * whose client would treat an object created by the other copy's `Prisma.sql` as a value.
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
 * Bundles the doors (`server/doors`) for the server that handles them in front of Next. Part of the
 * build in `.next`; loaded by `scripts/serve.mjs`; libraries stay external.
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
    // Packages of this repository, which have no folder in the published package.
    alias: {
      '@humanrail/mcp': join(root, 'sdks/mcp/dist/esm/index.js'),
      '@humanrail/sdk': join(root, 'sdks/typescript/dist/esm/index.js'),
    },
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.filename);",
    },
  });
}
