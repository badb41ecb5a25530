import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { root } from '../launcher/packaged';

/** Paths that no published package has, each with why. */
const UNWANTED: readonly [RegExp, string][] = [
  [/\.map$/, 'a source map'],
  [/(^|\/)(__tests__|tests?|e2e)\//, 'a test'],
  [/\.(test|spec)\.[cm]?[jt]sx?$/, 'a test'],
  [/(^|\/)test_[^/]*\.py$|_test\.go$/, 'a test'],
  [/(^|\/)\.env($|\.)|\.(pem|key|p12)$/, 'a secret'],
  [/(^|\/)(\.data|test-results|coverage)\//, 'of one machine'],
  [/\.tsbuildinfo$|(^|\/)\.DS_Store$/, 'of one machine'],
];

/** Texts that no published file has, each with why. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/ek_(live|test)_[A-Za-z0-9]{30,}/, 'an API key'],
  [/-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/, 'a private key'],
  [/\b(ghp|gho|npm)_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{60,}/, 'a token'],
];

/** The product's routes, of which some are called `test`. */
const ROUTES = /^app\/\.next\/server\/app\//;

/** A sentence for each file of a package that should not be in it, by its path alone. */
export function unwantedFiles(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const found = UNWANTED.find(([pattern]) => pattern.test(file));
    if (!found || (ROUTES.test(file) && found[1] === 'a test')) return [];
    return [`${file} is ${found[1]}, which no package should have.`];
  });
}

/** Folders of this machine; short ones, such as /root, stand in texts by chance. */
const ownPlaces = () => [root.replace(/\/$/, ''), homedir()].filter((place) => place.length > 5);

/** A sentence for each secret, and each of these folders, in the text of a file. */
export function unwantedText(
  file: string,
  text: string,
  places: readonly string[] = ownPlaces(),
): string[] {
  return [
    ...FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(
      ([, what]) => `${file} has ${what} in it.`,
    ),
    ...places
      .filter((place) => text.includes(place))
      .map((place) => `${file} names the folder ${place}.`),
  ];
}

/** What is wrong with the files of a packed tarball; nothing where it may be published. */
export function contentFaults(files: readonly string[], tarball: string): string[] {
  const { stdout, status } = spawnSync('tar', ['-xzOf', tarball], {
    encoding: 'latin1',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) return [`${tarball} cannot be read by tar.`];
  return [...unwantedFiles(files), ...unwantedText(tarball, stdout)];
}
