import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { root } from '../launcher/packaged';

/** Paths that must not be published, with the reason. */
const UNWANTED: readonly [RegExp, string][] = [
  [/\.map$/, 'a source map'],
  [/(^|\/)(__tests__|tests?|e2e)\//, 'a test'],
  [/\.(test|spec)\.[cm]?[jt]sx?$/, 'a test'],
  [/(^|\/)test_[^/]*\.py$|_test\.go$/, 'a test'],
  [/(^|\/)\.env($|\.)|\.(pem|key|p12)$/, 'a secret'],
  [/(^|\/)(\.data|test-results|coverage)\//, 'of one machine'],
  [/\.tsbuildinfo$|(^|\/)\.DS_Store$/, 'of one machine'],
];

/** Texts that must not be published, with the reason. */
const FORBIDDEN: readonly [RegExp, string][] = [
  [/ek_(live|test)_[A-Za-z0-9]{30,}/, 'an API key'],
  [/-----BEGIN (RSA |EC |OPENSSH )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{40}/, 'a private key'],
  [/\b(ghp|gho|npm)_[A-Za-z0-9]{36}\b|\bpypi-[A-Za-z0-9_-]{60,}/, 'a token'],
];

/** The product's routes, some of which are called `test`. */
const ROUTES = /^app\/\.next\/server\/app\//;

/** One sentence for each file that must not be in a package, judged by its path. */
export function unwantedFiles(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const found = UNWANTED.find(([pattern]) => pattern.test(file));
    if (!found || (ROUTES.test(file) && found[1] === 'a test')) return [];
    return [`${file} is ${found[1]}, which no package should have.`];
  });
}

/** Paths of this machine; short ones, such as /root, occur in texts by chance. */
const ownPlaces = () => [root.replace(/\/$/, ''), homedir()].filter((place) => place.length > 5);

/** One sentence for each secret or path of this machine in a file's text. */
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

/** Problems with the files of a packed tarball; empty if it may be published. */
export function contentFaults(files: readonly string[], tarball: string): string[] {
  const { stdout, status } = spawnSync('tar', ['-xzOf', tarball], {
    encoding: 'latin1',
    maxBuffer: 1024 * 1024 * 1024,
  });
  if (status !== 0) return [`${tarball} cannot be read by tar.`];
  return [...unwantedFiles(files), ...unwantedText(tarball, stdout)];
}
