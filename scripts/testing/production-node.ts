import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/packaged';
import { runProgram } from '../launcher/run-program';
import type { Outcome } from './outcome';
import { runVitest } from './runners';

/** The release that docs/operations recommends; the oldest one that is supported runs the other suites. */
const MAJOR = 24;
const FOLDER = join(root, `node_modules/.cache/node-${MAJOR}`);

/** Runs what differs by the version of Node on the release for production; left out where npm cannot bring it. */
export async function runOnProductionNode(): Promise<Outcome> {
  if (process.versions.node.startsWith(`${MAJOR}.`)) {
    return leftOut(`the other suites run on Node ${MAJOR} already`);
  }
  const node = await install();
  if (node === null) return leftOut(`npm cannot install Node ${MAJOR}`);
  const projects = ['unit', 'mounts'].flatMap((name) => ['--project', name]);
  return runVitest(`node-${MAJOR}`, projects, { node, atTheEnd: true });
}

/** The path of its program, which npm's package for this platform has; null if that cannot be had. */
async function install(): Promise<string | null> {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${process.platform}-${process.arch}`;
  const node = join(FOLDER, 'node_modules', name, 'bin/node');
  if (existsSync(node)) return node;
  const options = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
  const args = ['install', '--prefix', FOLDER, ...options, `${name}@${MAJOR}`];
  const { code } = await runProgram('npm', args);
  return code === 0 && existsSync(node) ? node : null;
}

const leftOut = (reason: string): Outcome => ({
  passed: 0,
  failed: 0,
  skipped: 0,
  leftOut: reason,
});
