import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { root } from '../launcher/packaged';

/** Licences of what reaches users: they ask for no more than their own text and its notices. */
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

/** Of tools that only build and test, and reach nobody, also licences that ask more of who passes them on. */
const PERMITTED_TOOLS = [
  ...PERMITTED,
  'AFL-2.1',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'EPL-2.0',
  'LGPL-3.0-or-later',
  'MPL-2.0',
];

/** Packages that the app depends on to be built, or that it does without; the published one has none of them. */
export const TOOLS = [
  'prisma',
  'tsx',
  'esbuild',
  '@prisma/schema-engine-wasm',
  'caniuse-lite',
  'sharp',
  'typescript',
];

/** What a licence field says by other words than SPDX has. */
const SPELLINGS: Record<string, string> = {
  'MIT and ISC': 'MIT AND ISC',
};

/** Licences of packages whose package.json names none; each was read in the package itself. */
const READ_BY_HAND: Record<string, string> = {
  'seq-queue': 'MIT',
};

/** A package of the lockfile. */
export interface LockedPackage {
  name: string;
  version: string;
  licence: string | undefined;
  /** Its place, such as `node_modules/zod`. */
  place: string;
  /** Whether it reaches users, as a part of a published package or as its dependency. */
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

/** Every package that is not ours, in the order of their names. */
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

/** The binaries of one program for several systems are one work; npm tells the licence of some alone. */
function licenceOfFamily({ packages }: Lockfile, name: string): string | undefined {
  const family = name.replace(/-(android|darwin|freebsd|linux|openharmony|win32)[^/]*$/, '');
  if (family === name) return undefined;
  const relatives = Object.entries(packages).filter(([place]) =>
    nameOf(place).startsWith(`${family}-`),
  );
  return relatives.find(([, { license }]) => license !== undefined)?.[1].license;
}

/** Places of everything that our dependencies bring, from package to package, except through tools. */
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

/** Where Node would find this package from that place. */
function resolve(packages: Lockfile['packages'], from: string, name: string): string | undefined {
  for (let place = from; ; ) {
    const candidate = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (place === '') return undefined;
    const parent = place.lastIndexOf('/node_modules/');
    place = parent < 0 ? '' : place.slice(0, parent);
  }
}

/** A sentence for each package whose licence is unknown or not permitted. */
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

/** The text of a package's licence and notices, where it has them. */
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
