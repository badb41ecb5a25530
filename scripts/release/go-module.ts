import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../launcher/packaged';
import { expectProgram } from '../launcher/run-program';

const FOLDER = 'sdks/go';

/** Where Go looks for the module, according to its go.mod. */
export interface GoModule {
  /** Such as `github.com/prime001/humanrail-sdk/go`. */
  path: string;
  /** The repository in that path. */
  repository: string;
  /** The module's folder in that repository. */
  folder: string;
}

/** @throws Error if go.mod does not name a module in a folder of a GitHub repository. */
export function goModule(goMod = readFileSync(join(root, FOLDER, 'go.mod'), 'utf8')): GoModule {
  const path = /^module (\S+)$/m.exec(goMod)?.[1] ?? '';
  const [host, owner, name, ...folders] = path.split('/');
  if (host !== 'github.com' || !owner || !name || folders.length === 0) {
    throw new Error(
      `go.mod names the module "${path}", which is no folder of a repository on GitHub.`,
    );
  }
  const repository = `https://${host}/${owner}/${name}`;
  return { path, repository, folder: folders.join('/') };
}

/** Tags of a release: the module's in this repository, and the one Go expects in the module's repository. */
export const goTags = (version: string) => ({
  here: `${FOLDER}/v${version}`,
  published: `${goModule().folder}/v${version}`,
});

/**
 * Creates the commit to publish: the SDK as of HEAD, in the folder given by its path, with the
 * licence. Nothing refers to it until it is tagged or pushed.
 */
export async function makeGoCommit(version: string): Promise<string> {
  const git = async (...args: string[]) => (await expectProgram('git', args)).trim();
  const { folder } = goModule();
  const tree = await git('rev-parse', `HEAD:${FOLDER}`);
  const licence = await git('rev-parse', 'HEAD:LICENSE');
  const made = spawnSync('git', ['mktree'], {
    cwd: root,
    input: `100644 blob ${licence}\tLICENSE\n040000 tree ${tree}\t${folder}\n`,
    encoding: 'utf8',
  });
  if (made.status !== 0)
    throw new Error(`The module's tree cannot be created: ${made.stderr.trim()}`);
  return git('commit-tree', made.stdout.trim(), '-m', `Release v${version} of the Go SDK`);
}

/**
 * Proves that `go get` finds the module by path and version once the commit is tagged in its
 * repository, and that a program builds with it. Uses a local repository instead of the real one.
 */
export async function rehearseGoModule(commit: string, version: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'humanrail-go-'));
  try {
    const bare = join(scratch, 'repository.git');
    await expectProgram('git', ['init', '--quiet', '--bare', bare]);
    await expectProgram('git', [
      'push',
      '--quiet',
      bare,
      `${commit}:refs/tags/${goTags(version).published}`,
    ]);
    const { path, repository } = goModule();
    const program = join(scratch, 'program');
    mkdirSync(program);
    writeFileSync(join(program, 'go.mod'), 'module example.com/program\n\ngo 1.22\n');
    writeFileSync(
      join(program, 'main.go'),
      `package main\n\nimport humanrail "${path}"\n\nfunc main() { println(humanrail.Version) }\n`,
    );
    const env = {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${pathToFileURL(bare).href}.insteadOf`,
      GIT_CONFIG_VALUE_0: repository,
      GOPROXY: 'direct',
      GOPRIVATE: path,
      GOFLAGS: '-modcacherw',
      GOTOOLCHAIN: 'local',
      GOMODCACHE: join(scratch, 'modules'),
    };
    await expectProgram('go', ['get', `${path}@v${version}`], { cwd: program, env });
    const { stderr } = spawnSync('go', ['run', '.'], {
      cwd: program,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    if (stderr.trim() !== version)
      throw new Error(`The Go module says ${stderr.trim()}, not ${version}.`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
