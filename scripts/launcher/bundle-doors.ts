import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './packaged';

/**
 * Bundles what answers programs (`server/doors`) for the server that has it in front of Next. It is part of the build in
 * `.next`; `scripts/serve.mjs` loads it, and libraries stay where Node finds them.
 */
export async function bundleDoors(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: { doors: 'server/doors/node.ts' },
    outdir: join(root, '.next/doors'),
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
  });
}
