import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStages } from './image/read-dockerfile';
import { runScript, stageScript } from './image/stage-script';
import { root } from './launcher/packaged';
import { firstFree } from './launcher/ports';
import { expectProgram } from './launcher/run-program';

/**
 * `npm run image:rehearse`, as root on Linux: runs the Dockerfile's instructions without Docker.
 * Each stage is a copy-on-write view of this machine's own system, with its own Node instead of the
 * base image's. Then runs the image's command as its user, on a system that is read-only except for
 * /data and /tmp, until its health check succeeds, and stops it. It takes some minutes.
 */
async function main(): Promise<void> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    throw new Error('This needs Linux and root, because it creates mounts.');
  }
  const scratch = mkdtempSync(join(tmpdir(), 'humanrail-image-'));
  try {
    const context = join(scratch, 'context');
    await copyContext(context);
    const stages = readStages(readFileSync(join(root, 'Dockerfile'), 'utf8'));
    const last = stages.at(-1);
    if (!last) throw new Error('The Dockerfile has no stage.');
    const script = [
      'set -e',
      ...stages.map((stage) => stageScript(scratch, stage, context)),
      runScript(scratch, last, await firstFree(23_000)),
    ].join('\n');
    // Separate mount and process namespaces, which end with it.
    const args = [
      '--mount',
      '--pid',
      '--fork',
      '--mount-proc',
      '--kill-child',
      '/bin/sh',
      '-c',
      script,
    ];
    const { status } = spawnSync('unshare', args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`The image could not be built or did not run (${status}).`);
    console.log(
      '✓ The image is built by its Dockerfile, runs as its user, and stops when it is told to.',
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Docker's build context: committed files, without those excluded by `.dockerignore`. */
async function copyContext(context: string): Promise<void> {
  mkdirSync(context);
  const patterns = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => /^[^#!\s]/.test(line))
    // tar matches a pattern in any folder of a path.
    .map((line) => `--exclude=${line.startsWith('**/') ? line.slice(3) : `./${line}`}`);
  const tarball = `${context}.tar`;
  await expectProgram('git', ['archive', '--prefix=./', '-o', tarball, 'HEAD']);
  await expectProgram('tar', ['-xf', tarball, '-C', context, ...patterns]);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
