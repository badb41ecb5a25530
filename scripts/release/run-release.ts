import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackedPackage } from '../distribution/npm-pack';
import { root } from '../launcher/packaged';
import { expectProgram, runProgram } from '../launcher/run-program';
import { goModule, goTags, makeGoCommit, rehearseGoModule } from './go-module';
import { listPackages, readLockfile, refusedLicences } from './licences';
import { buildForPyPI, checkLicenceFiles, packForNpm } from './packages';
import { agreedVersion, changelogSection, statedVersions } from './versions';

/** Results of a release's steps for later ones. */
export interface Release {
  /** The folder of the built packages. */
  folder: string;
  version: string;
  npm: PackedPackage[];
  python: { files: string[]; python: string };
  goCommit: string;
}

/** A step of a release; `run` returns a message and throws if the release must stop. */
export interface Step {
  name: string;
  run(release: Release): Promise<string> | string;
}

const git = (...args: string[]) => expectProgram('git', args);

/** All checks before anything is published, in order. */
export const CHECKS: readonly Step[] = [
  {
    name: 'Everything is committed',
    async run() {
      const changes = (await git('status', '--porcelain')).trim();
      if (changes !== '') throw new Error(`These changes are not committed:\n${changes}`);
      return (await git('rev-parse', '--short', 'HEAD')).trim();
    },
  },
  {
    name: 'The versions agree',
    run(release) {
      release.version = agreedVersion(statedVersions());
      return release.version;
    },
  },
  {
    name: 'The changelog has the version',
    run({ version }) {
      const section = changelogSection(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version);
      return `${section.split('\n').filter((line) => line.startsWith('- ')).length} entries`;
    },
  },
  {
    name: 'Every licence is permitted',
    run() {
      checkLicenceFiles();
      const packages = listPackages(readLockfile());
      const refused = refusedLicences(packages);
      if (refused.length > 0) throw new Error(refused.join('\n'));
      return `${packages.length} packages, ${packages.filter(({ isShipped }) => isShipped).length} of them for users`;
    },
  },
  {
    name: 'The app is built',
    async run({ folder }) {
      await expectProgram(process.execPath, ['scripts/start.mjs', '--build'], {
        env: { DATA_DIR: join(folder, 'build') },
      });
      return 'as its sources are';
    },
  },
  {
    name: 'The packages of npm are packed',
    async run(release) {
      release.npm = await packForNpm(release.folder);
      return release.npm.map(described).join('\n');
    },
  },
  {
    name: 'The Python package is built and checked by twine',
    async run(release) {
      release.python = await buildForPyPI(release.folder);
      return release.python.files
        .map(
          (file) => `${file.slice(file.lastIndexOf('/') + 1)}, ${kilobytes(statSync(file).size)}`,
        )
        .join('\n');
    },
  },
  {
    name: 'The Go module is found by its version',
    async run(release) {
      release.goCommit = await makeGoCommit(release.version);
      await rehearseGoModule(release.goCommit, release.version);
      return `${goModule().path}@v${release.version}`;
    },
  },
  {
    name: 'The published package works in an empty folder',
    async run() {
      const words = await expectProgram('npm', ['run', '--silent', 'test:distribution']);
      return words.trim().split('\n').at(-1) ?? '';
    },
  },
];

/** The publishing steps, in order; each skips what is already published. */
export const PUBLISH: readonly Step[] = [
  {
    name: 'The registries know us',
    async run() {
      const user = (await expectProgram('npm', ['whoami'])).trim();
      if (!process.env.TWINE_PASSWORD) {
        throw new Error('Set TWINE_USERNAME=__token__ and TWINE_PASSWORD to a token of PyPI.');
      }
      return `npm as ${user}, PyPI by TWINE_PASSWORD`;
    },
  },
  {
    name: 'The version is tagged',
    async run({ version, goCommit }) {
      const tags = [`v${version}`, goTags(version).here];
      for (const tag of tags) {
        const there = await runProgram('git', [
          'rev-parse',
          '--verify',
          '--quiet',
          `${tag}^{commit}`,
        ]);
        const head = (await git('rev-parse', 'HEAD')).trim();
        if (there.code !== 0) await git('tag', tag);
        else if (there.stdout.trim() !== head)
          throw new Error(`The tag ${tag} is of another commit.`);
      }
      await git('push', 'origin', ...tags);
      await pushGoModule(version, goCommit);
      return [...tags, `${goModule().repository} ${goTags(version).published}`].join(', ');
    },
  },
  {
    name: 'The packages of npm are published',
    async run({ npm }) {
      const words = [];
      for (const { name, version, tarball } of npm) {
        const there = await runProgram('npm', ['view', `${name}@${version}`, 'version']);
        const isThere = there.code === 0 && there.stdout.trim() === version;
        if (!isThere) await expectProgram('npm', ['publish', tarball, '--access', 'public']);
        words.push(`${name}@${version}${isThere ? ' (was there)' : ''}`);
      }
      return words.join(', ');
    },
  },
  {
    name: 'The Python package is published',
    async run({ python: { files, python } }) {
      await expectProgram(python, [
        '-m',
        'twine',
        'upload',
        '--non-interactive',
        '--skip-existing',
        ...files,
      ]);
      return files.map((file) => file.slice(file.lastIndexOf('/') + 1)).join(', ');
    },
  },
];

async function pushGoModule(version: string, commit: string): Promise<void> {
  const tag = `refs/tags/${goTags(version).published}`;
  const { repository } = goModule();
  const there = await git('ls-remote', repository, tag);
  if (there.trim() === '') await git('push', repository, `${commit}:${tag}`);
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

function described({ name, version, packedBytes, unpackedBytes, files }: PackedPackage): string {
  return `${name}@${version}, ${kilobytes(packedBytes)}, unpacked ${kilobytes(unpackedBytes)}, ${files.length} files`;
}

/**
 * Runs the steps sequentially and prints each result; stops at the first failure. Returns whether
 * all succeeded.
 */
export async function runSteps(
  steps: readonly Step[],
  release: Release,
  say: (line: string) => void = console.log,
): Promise<boolean> {
  for (const { name, run } of steps) {
    const since = performance.now();
    try {
      const words = await run(release);
      const time = ((performance.now() - since) / 1000).toFixed(1);
      say(`✓ ${name} (${time} s): ${words.replaceAll('\n', '\n    ')}`);
    } catch (error) {
      say(`✗ ${name}: ${(error as Error).message}`);
      return false;
    }
  }
  return true;
}

/** A release without results; `dispose` removes what its steps built. */
export function newRelease(): { release: Release; dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-release-'));
  mkdirSync(folder, { recursive: true });
  const release: Release = {
    folder,
    version: '',
    npm: [],
    python: { files: [], python: '' },
    goCommit: '',
  };
  return { release, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
