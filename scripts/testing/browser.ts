import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { run } from './outcome';

/** Chromium's headless shell: the tests are a quarter faster with it. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';
const SYSTEM = [
  HEADLESS_SHELL,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/**
 * This machine's Chromium: `CHROMIUM_PATH`, else Playwright's own, as undefined, else the system's;
 * null if there is none.
 */
export function installedBrowser(): string | undefined | null {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (existsSync(chromium.executablePath())) return undefined;
  return SYSTEM.find((path) => existsSync(path)) ?? null;
}

/**
 * Finds a Chromium, and installs one if there is none, or in CI if there is only a slower one.
 * Returns the path for Playwright, or undefined for Playwright's own.
 * @throws Error saying what to install manually.
 */
export async function findBrowser(): Promise<string | undefined> {
  const present = installedBrowser();
  if (present !== null) {
    const isChosen = present === undefined || present === process.env.CHROMIUM_PATH;
    if (!process.env.CI || isChosen || present === HEADLESS_SHELL) return present;
    return (await installPackage(HEADLESS_SHELL)) ? HEADLESS_SHELL : present;
  }

  console.log('There is no Chromium yet; installing one.');
  const require = createRequire(import.meta.url);
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  const code = await run(process.execPath, [cli, 'install', 'chromium']).catch(() => 1);
  if (code === 0 && installedBrowser() === undefined) return undefined;
  // Not every Debian release has the first.
  if (!(await installPackage(HEADLESS_SHELL))) await installPackage('/usr/bin/chromium');
  const installed = installedBrowser();
  if (installed !== null) return installed;
  throw new Error(
    'No browser was found and none could be installed; install Chromium, or set CHROMIUM_PATH to one.',
  );
}

/** Installs Debian's package of this program, as root; returns whether it is now installed. */
async function installPackage(path: string): Promise<boolean> {
  if (process.getuid?.() === 0) {
    await run('apt-get', ['update', '-qq']).catch(() => 1);
    await run('apt-get', ['install', '-y', '-qq', basename(path)]).catch(() => 1);
  }
  return existsSync(path);
}
