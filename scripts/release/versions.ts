import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/packaged';

/** Where each package states its version, with a pattern that contains it. */
const PLACES: readonly [file: string, pattern: RegExp][] = [
  ['package.json', /^ {2}"version": "([^"]+)"/m],
  ['sdks/typescript/package.json', /^ {2}"version": "([^"]+)"/m],
  ['sdks/typescript/src/version.ts', /VERSION = '([^']+)'/],
  ['sdks/mcp/package.json', /^ {2}"version": "([^"]+)"/m],
  ['sdks/mcp/package.json', /"@humanrail\/sdk": "\^([^"]+)"/],
  ['sdks/mcp/src/version.ts', /VERSION = '([^']+)'/],
  ['sdks/python/src/humanrail/_version.py', /VERSION = "([^"]+)"/],
  ['sdks/go/version.go', /Version = "([^"]+)"/],
];

/** A place that states a version; undefined if it states none. */
export interface Stated {
  place: string;
  version: string | undefined;
}

/** Each package's stated version. */
export function statedVersions(): Stated[] {
  return PLACES.map(([file, pattern]) => ({
    place: file,
    version: pattern.exec(readFileSync(join(root, file), 'utf8'))?.[1],
  }));
}

/**
 * The single version of a release.
 * @throws Error if the places differ, or if npm, PyPI or Go would reject it.
 */
export function agreedVersion(stated: readonly Stated[]): string {
  const version = stated[0]?.version ?? '';
  if (!/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(version)) {
    throw new Error(
      `${stated[0]?.place} says ${version || 'no version'}; a release is MAJOR.MINOR.PATCH.`,
    );
  }
  const others = stated.filter((each) => each.version !== version);
  if (others.length > 0) {
    const list = others.map((each) => `${each.place} (${each.version ?? 'none'})`).join(', ');
    throw new Error(
      `The packages have one version, ${version} in ${stated[0]?.place}; not so ${list}.`,
    );
  }
  return version;
}

/**
 * The changelog's section of a version.
 * @throws Error if it is missing, undated or empty.
 */
export function changelogSection(changelog: string, version: string): string {
  const heading = changelog.split('\n').find((line) => line.startsWith(`## [${version}]`));
  if (!heading || !/^## \[[^\]]+\] - \d{4}-\d{2}-\d{2}$/.test(heading)) {
    throw new Error(`CHANGELOG.md has no heading "## [${version}] - YYYY-MM-DD".`);
  }
  const begin = changelog.indexOf(heading) + heading.length;
  const end = changelog.indexOf('\n## ', begin);
  const text = changelog.slice(begin, end < 0 ? undefined : end).trim();
  if (!/^- /m.test(text)) throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return text;
}
