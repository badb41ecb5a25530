import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { root } from '../launcher/packaged';

/** Licences permitted for users: they require only their own text and its notices. */
const PERMITTED = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
];

/**
 * Tools that only build and test, and are not distributed, may also have licences with more
 * conditions for distributors.
 */
const PERMITTED_TOOLS = [
  ...PERMITTED,
  'AFL-2.1',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'EPL-2.0',
  'LGPL-3.0-or-later',
  'MPL-2.0',
];

/** Packages needed only to build the app, or optional for it; the published package contains none of them. */
export const TOOLS = [
  'prisma',
  'tsx',
  'esbuild',
  '@prisma/schema-engine-wasm',
  'caniuse-lite',
  'sharp',
  'typescript',
];

/** Licence fields that do not use SPDX identifiers. */
const SPELLINGS: Record<string, string> = {
  'MIT and ISC': 'MIT AND ISC',
};

/** Licences of packages whose package.json names none; each was read in the package itself. */
const READ_BY_HAND: Record<string, string> = {
  format: 'MIT',
  reserved: 'MIT',
  'seq-queue': 'MIT',
};

/** A package of the lockfile. */
export interface LockedPackage {
  name: string;
  version: string;
  licence: string | undefined;
  /** Its path, such as `node_modules/zod`. */
  place: string;
  /** Whether users receive it, as a part of a published package or as its dependency. */
  isShipped: boolean;
}

interface LockEntry {
  version?: string;
  license?: string;
  link?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

export interface Lockfile {
  packages: Record<string, LockEntry>;
}

export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
}

/** Every third-party package, by name. */
export function listPackages(lock: Lockfile): LockedPackage[] {
  const shipped = findShipped(lock);
  return Object.entries(lock.packages)
    .filter(([place, entry]) => place.includes('node_modules/') && !entry.link)
    .map(([place, { version = '', license }]) => {
      const name = nameOf(place);
      const given = license ?? READ_BY_HAND[name] ?? licenceOfFamily(lock, name);
      return {
        name,
        version,
        licence: given && (SPELLINGS[given] ?? given),
        place,
        isShipped: shipped.has(place),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13);

/** One program's binaries for several platforms are one work; npm gives the licence for only some. */
function licenceOfFamily({ packages }: Lockfile, name: string): string | undefined {
  const family = name.replace(/-(android|darwin|freebsd|linux|openharmony|win32)[^/]*$/, '');
  if (family === name) return undefined;
  const relatives = Object.entries(packages).filter(([place]) =>
    nameOf(place).startsWith(`${family}-`),
  );
  return relatives.find(([, { license }]) => license !== undefined)?.[1].license;
}

/** Paths of everything our dependencies install, transitively, except through tools. */
function findShipped({ packages }: Lockfile): Set<string> {
  const shipped = new Set<string>();
  const visit = (place: string) => {
    const entry = packages[place];
    if (!entry || shipped.has(place)) return;
    shipped.add(place);
    for (const name of Object.keys({
      ...entry.dependencies,
      ...entry.optionalDependencies,
    })) {
      if (TOOLS.includes(name)) continue;
      const found = resolve(packages, place, name);
      if (found !== undefined) visit(found);
    }
  };
  for (const workspace of ['', 'sdks/typescript', 'sdks/mcp']) visit(workspace);
  return shipped;
}

/** The path Node would resolve this package to from there. */
function resolve(packages: Lockfile['packages'], from: string, name: string): string | undefined {
  for (let place = from; ; ) {
    const candidate = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (place === '') return undefined;
    const parent = place.lastIndexOf('/node_modules/');
    place = parent < 0 ? '' : place.slice(0, parent);
  }
}

/** One sentence for each package whose licence is unknown or not permitted. */
export function refusedLicences(packages: readonly LockedPackage[]): string[] {
  return packages.flatMap(({ name, version, licence, isShipped }) => {
    if (!licence) return [`${name}@${version} names no licence.`];
    const permitted = isShipped ? PERMITTED : PERMITTED_TOOLS;
    if (isPermitted(licence, permitted)) return [];
    return [
      `${name}@${version} is under ${licence}, which is not permitted for ${isShipped ? 'what users get' : 'a tool'}.`,
    ];
  });
}

function isPermitted(licence: string, permitted: readonly string[]): boolean {
  try {
    return satisfies(licence, [...permitted]);
  } catch {
    return false;
  }
}

/** The texts of a package's licence and notices, if any. */
export function licenceTexts(place: string): string[] {
  const folder = join(root, place);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => /^(licen[cs]e|copying|notice|ofl)/i.test(name) && !/\.[cm]?[jt]s$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}
