import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../launcher/settings';
import { findBrowser } from './browser';
import { blame, type Outcome, run, runThenShow } from './outcome';

const RESULTS = join(root, 'test-results');
const require = createRequire(import.meta.url);

/** The path of a package's program, resolved by its package.json. */
function program(packageName: string, path: string): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), path);
}

function freshReport(name: string): string {
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${name}.json`);
  rmSync(path, { force: true });
  return path;
}

function read<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

/**
 * Runs vitest with these arguments; its report is kept in `test-results/NAME.json`. With `atTheEnd`
 * its output is shown at the end, so that it does not mix with another suite's.
 */
export async function runVitest(
  name: string,
  args: string[],
  {
    env = {},
    atTheEnd = false,
    node = process.execPath,
  }: { env?: Record<string, string>; atTheEnd?: boolean; node?: string } = {},
): Promise<Outcome> {
  const report = freshReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = [program('vitest', 'vitest.mjs'), 'run', ...args, ...reporters];
  const code = await (atTheEnd ? runThenShow : run)(node, command, env);
  const result = read<Record<string, number>>(report) ?? {};
  return blame(
    {
      passed: result.numPassedTests ?? 0,
      failed: result.numFailedTests ?? 0,
      skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
    },
    code,
  );
}

/** The parts of Playwright's JSON report that are read. */
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Runs Playwright with this configuration; its report is kept in `test-results/NAME.json`. */
export async function runPlaywright(
  name: string,
  config: string,
  env: Record<string, string> = {},
): Promise<Outcome> {
  const report = freshReport(name);
  const executable = await findBrowser();
  const code = await run(
    process.execPath,
    [program('@playwright/test', 'cli.js'), 'test', `--config=${config}`, '--reporter=list,json'],
    { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: executable },
  );
  const stats = read<PlaywrightReport>(report)?.stats;
  return blame(
    {
      passed: stats?.expected ?? 0,
      // A test that needs a retry is flaky, which counts as a failure.
      failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
      skipped: stats?.skipped ?? 0,
    },
    code,
  );
}
