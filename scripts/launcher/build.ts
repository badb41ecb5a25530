import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { StartError } from './failure';
import { openLog } from './log-tail';
import { sealPages } from './seal-pages';
import { root } from './settings';

const STAMP = join(root, '.next/build-stamp');
const FOLDERS = [
  'app',
  'components',
  'docs/highlight',
  'docs/pages',
  'server',
  'public',
  'prisma/schema',
  'sdks/typescript/src',
  'sdks/mcp/src',
];
const FILES = [
  'mdx-components.tsx',
  'next.config.js',
  'proxy.ts',
  'instrumentation.ts',
  'scripts/launcher/bundle-doors.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];

/** A hash of everything a build depends on: a different hash means the build is stale. */
export function sourceHash(): string {
  const hash = createHash('sha256').update(process.version);
  const paths = FOLDERS.flatMap(listFiles).concat(FILES).sort();
  for (const path of paths) {
    const file = join(root, path);
    if (existsSync(file)) hash.update(`\0${path}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function listFiles(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
}

/** Whether `.next` holds an up-to-date build of the sources. */
export function isBuilt(hash: string): boolean {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
}

/**
 * Runs `next build`, and bundles the doors. The stamp is removed first and written last, so an
 * interrupted build is repeated. `signal` aborts it.
 * @throws StartError with the end of the build's output if it fails.
 */
export async function build(
  hash: string,
  env: NodeJS.ProcessEnv,
  logFile: string,
  signal: AbortSignal,
): Promise<void> {
  rmSync(STAMP, { force: true });
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const log = openLog(logFile);
  try {
    // The MCP door serves the tools of a package of ours, which must be built first.
    const packages = await run([join(root, 'scripts/build-sdk.mjs')], log, env, signal);
    if (packages === 0 && (await run([next, 'build'], log, env, signal)) === 0) {
      // The published package is already built, and does not contain the bundler.
      const { bundleDoors } = await import('./bundle-doors');
      await bundleDoors();
      sealPages(join(root, '.next'));
      writeFileSync(STAMP, hash);
      return;
    }
  } finally {
    closeSync(log);
  }
  const output = readFileSync(logFile, 'utf8');
  if (/ENOSPC|No space left/.test(output)) {
    throw new StartError(
      'The disk is full, so the app could not be built; free some space and start again.',
    );
  }
  const words = output.trim().split('\n').slice(-25).join('\n    ');
  throw new StartError(
    `The app could not be built. The build's last words, from ${logFile}:\n    ${words}`,
  );
}

async function run(
  args: string[],
  log: number,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<number | null> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', log, log],
    signal,
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
