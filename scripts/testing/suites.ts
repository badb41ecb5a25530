import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from '../launcher/settings';
import { startTemporaryInstance } from '../launcher/temporary-instance';
import { findBrowser } from './browser';
import { blame, type Outcome, run } from './outcome';
import { flakyTests, type PlaywrightReport } from './playwright-report';

/** A part of the tests, by the name it is asked for. */
export interface Suite {
  name: string;
  title: string;
  /** Why it cannot run here, if it cannot. */
  leftOut(): string | undefined;
  run(): Promise<Outcome>;
}

const RESULTS = join(root, 'test-results');
const require = createRequire(import.meta.url);

/** The path of a package's program, found by its package.json. */
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

async function vitest(
  name: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Outcome> {
  const report = freshReport(name);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = [program('vitest', 'vitest.mjs'), 'run', ...args, ...reporters];
  const code = await run(process.execPath, command, env);
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

/** The SDK's own suite, with its live part against the real app. */
async function sdk(): Promise<Outcome> {
  console.log('Starting the app for the live part …');
  const instance = await startTemporaryInstance({ WEB_PROCESSES: '1' });
  try {
    return await vitest('sdk', ['--config', 'sdks/typescript/vitest.config.ts'], {
      HUMANRAIL_LIVE_BASE_URL: `${instance.runtime.url}/v1`,
      HUMANRAIL_LIVE_API_KEY: instance.facts.testKey,
    });
  } finally {
    await instance.stop();
  }
}

async function playwright(name: string, config: string): Promise<Outcome> {
  const report = freshReport(name);
  const executable = await findBrowser();
  const code = await run(
    process.execPath,
    [program('@playwright/test', 'cli.js'), 'test', '--config', config, '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROMIUM_PATH: executable },
  );
  const result = read<PlaywrightReport>(report);
  const stats = result?.stats;
  for (const title of flakyTests(result)) console.log(`Failed at first, passed again: ${title}`);
  return blame(
    {
      passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
      failed: stats?.unexpected ?? 0,
      skipped: stats?.skipped ?? 0,
    },
    code,
  );
}

function hasSpecs(): boolean {
  const folder = join(root, 'e2e');
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) =>
      name.endsWith('.spec.ts'),
    )
  );
}

/** Every suite, the quick ones first. */
export const SUITES: Suite[] = [
  {
    name: 'unit',
    title: 'Unit tests',
    leftOut: () => undefined,
    run: () => vitest('unit', ['--project', 'unit']),
  },
  {
    name: 'db',
    title: 'Tests on PostgreSQL',
    leftOut: () => undefined,
    run: () => vitest('db', ['--project', 'db']),
  },
  {
    name: 'forms',
    title: 'The worker’s form in a browser',
    leftOut: () => undefined,
    run: () => playwright('forms', 'playwright.forms.config.ts'),
  },
  {
    name: 'sdk',
    title: 'TypeScript SDK',
    leftOut: () => undefined,
    run: sdk,
  },
  {
    name: 'e2e',
    title: 'Browser tests on the production build',
    leftOut: () => (hasSpecs() ? undefined : 'e2e/ holds no specs'),
    run: () => playwright('e2e', 'playwright.config.ts'),
  },
];
