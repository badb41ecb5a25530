import {
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../launcher/packaged';

const NEXT = join(root, '.next');

/** Files of `.next` that a server does not need: build metadata, and source maps. */
const UNNEEDED = [
  /\.(map|nft\.json)$/,
  /^(cache|dev|diagnostics|types|node_modules)$/,
  /^(trace|trace-build|turbopack|lock|build-stamp|export-marker\.json)$/,
  /^required-server-files\.js$/,
];

/** A library outside Next's bundle, which chunks reference through a symlink that npm cannot package. */
interface Alias {
  /** The hashed name in the chunks. */
  name: string;
  /** Its folder, relative to the root. */
  folder: string;
}

/**
 * Copies the build to the folder `target`. The chunks then reference the libraries outside the
 * bundle by their own names; one nested in another library is copied under the chunks' name for it.
 * @throws Error if a file of the build still contains a path of this machine.
 */
export function copyBuild(target: string): void {
  cpSync(NEXT, target, {
    recursive: true,
    filter: (path) => !UNNEEDED.some((pattern) => pattern.test(relative(NEXT, path))),
  });
  const renamed: Alias[] = [];
  for (const alias of findAliases()) {
    const isNested = alias.folder.split('node_modules/').length > 2;
    if (!isNested) renamed.push(alias);
    else
      cpSync(join(root, alias.folder), join(target, 'node_modules', alias.name), {
        recursive: true,
      });
  }
  for (const path of listFiles(target)) {
    if (!/\.(js|json)$/.test(path)) continue;
    const text = readFileSync(path, 'utf8');
    const kept = path.endsWith('required-server-files.json') ? withoutLoaders(text) : text;
    // Files for browsers stay unchanged: prerendered pages reference them by hash.
    const own = path.startsWith(join(target, 'static'))
      ? text
      : withoutPlace(nameLibraries(kept, renamed)).replace(/\n\/\/# sourceMappingURL=.*/g, '');
    if (namesPlace(own)) {
      throw new Error(`${relative(target, path)} of the build names the folder it was made in.`);
    }
    if (own !== text) writeFileSync(path, own);
  }
}

function findAliases(): Alias[] {
  const folder = join(NEXT, 'node_modules');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => lstatSync(join(folder, name)).isSymbolicLink())
    .map((name) => ({ name, folder: relative(root, realpathSync(join(folder, name))) }));
}

/** Replaces each hashed name of a library with its own name. */
export function nameLibraries(text: string, aliases: readonly Alias[]): string {
  let result = text;
  for (const { name, folder } of aliases) {
    result = result.replaceAll(name, folder.slice('node_modules/'.length));
  }
  return result;
}

/** A server's settings, without the loaders that the build used for the documentation. */
function withoutLoaders(text: string): string {
  const notes = JSON.parse(text) as { config: { turbopack?: unknown } };
  delete notes.config.turbopack;
  return JSON.stringify(notes);
}

/** Build metadata contains the build's folder; for a server, that is where it runs. */
function withoutPlace(text: string): string {
  return text.replaceAll(JSON.stringify(root.slice(0, -1)), '"."');
}

/** Whether a text contains the checkout's path, and not just a longer path that contains it. */
function namesPlace(text: string): boolean {
  const place = root.slice(0, -1).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|["'\`\\s(=:])${place}(["'\`/]|$)`).test(text);
}

/** Every file below a folder, as whole paths. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
