import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeThreadCode } from '@/server/platform/threads/bundle';
import { isBuilt, sourceHash } from '../launcher/build';
import { root } from '../launcher/packaged';
import { copyBuild, listFiles } from './app-build';
import { copyLibraries, traceLibraries } from './libraries';
import { manifest } from './manifest';
import { thirdPartyNotices } from './notices';
import { bundlePrograms } from './programs';

/** Our own files that the package includes unchanged, relative to the root. */
const OWN = [
  'next.config.js',
  'docs/pages',
  'public',
  'prisma/migrations',
  'scripts/node-version.mjs',
  'scripts/serve.mjs',
  'scripts/serving',
];

/**
 * Assembles the package `humanrail` in the folder `target`, which is emptied first: the built app
 * in `app`, with the checkout's layout, and the libraries it loads.
 * @throws Error if the app is not built.
 */
export async function assemble(target: string): Promise<void> {
  if (!isBuilt(sourceHash())) {
    throw new Error('The build is missing or stale; run npm run build first.');
  }
  rmSync(target, { recursive: true, force: true });
  const app = join(target, 'app');
  mkdirSync(app, { recursive: true });
  copyBuild(join(app, '.next'));
  for (const path of OWN) {
    cpSync(join(root, path), join(app, path), {
      recursive: true,
      filter: (file) => !/\.test\.ts$|\.d\.mts$|schema-snapshot\.prisma$/.test(file),
    });
  }

  // Within the checkout, so that their imports resolve.
  const programs = join(root, 'node_modules/.cache/humanrail/package/dist');
  rmSync(programs, { recursive: true, force: true });
  await bundlePrograms(programs);
  cpSync(programs, join(app, 'dist'), { recursive: true });
  const { code } = await makeThreadCode(root);
  writeFileSync(join(app, 'dist/threads.cjs'), code);
  const libraries = await traceLibraries([
    ...listFiles(programs),
    ...listFiles(join(root, '.next/doors')),
    join(root, 'scripts/serve.mjs'),
  ]);
  copyLibraries(libraries, app);

  cpSync(join(root, 'scripts/distribution/bin.mjs'), join(target, 'bin/humanrail.mjs'));
  cpSync(join(root, 'scripts/distribution/README.md'), join(target, 'README.md'));
  for (const name of ['LICENSE', 'NOTICE', 'CHANGELOG.md']) {
    cpSync(join(root, name), join(target, name));
  }
  writeFileSync(join(target, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
  writeFileSync(join(app, 'package.json'), '{ "type": "module" }\n');
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
}
