import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/packaged';
import { INSTALLED } from './libraries';

interface RootPackage {
  version: string;
  description: string;
  license: string;
  engines: Record<string, string>;
  dependencies: Record<string, string>;
}

/** The repository's own package.json. */
export function rootPackage(): RootPackage {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as RootPackage;
}

/** The package.json of the published package `humanrail`. */
export function manifest(): Record<string, unknown> {
  const { version, description, license, engines, dependencies } = rootPackage();
  return {
    name: 'humanrail',
    version,
    description,
    license,
    keywords: ['human-in-the-loop', 'agents', 'tasks', 'verification', 'mcp', 'self-hosted'],
    type: 'module',
    engines,
    bin: { humanrail: 'bin/humanrail.mjs' },
    files: ['app', 'bin', 'CHANGELOG.md', 'NOTICE', 'THIRD-PARTY-NOTICES.txt'],
    // The exact versions that this build was tested with.
    dependencies: Object.fromEntries(INSTALLED.map((name) => [name, dependencies[name]])),
  };
}
