import { defineConfig } from '@playwright/test';
import { installedBrowser } from './scripts/testing/browser';

/** Specs that share the demo's worker, and so must not run at the same time. */
const WORKER_SPECS =
  /(worker-(loop|accessibility)|schemas|form-|payload|task-page|onboarding)[^/]*\.spec\.ts$/;
/** The longest one: every page at every width. */
const PAGE_SPECS = /pages\.spec\.ts$/;

/** Browser tests, on the production build with everything embedded (see e2e/global-setup.ts). */
export default defineConfig({
  testDir: 'e2e',
  // The worker's form on a page of its own: see playwright.forms.config.ts.
  testIgnore: 'form-page/**',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/global-setup.ts',
  // Two lanes side by side, which keep two cores busy: the specs that act as the demo's worker, in
  // order; the rest, in order; and the pages, which need nothing of each other and take a free lane.
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  // A test that fails runs once more. If it passes then, `npm test` names it: see decision 0071.
  retries: 1,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    // The set-up picks a free port and leaves the address here for the workers.
    baseURL: process.env.E2E_URL,
    // A trace costs more than the test it records; `npx playwright test --trace retain-on-failure` asks
    // for it.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: installedBrowser() ?? undefined,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'worker', testMatch: WORKER_SPECS, workers: 1 },
    { name: 'others', testIgnore: ['form-page/**', WORKER_SPECS, PAGE_SPECS], workers: 1 },
    { name: 'pages', testMatch: PAGE_SPECS, fullyParallel: true },
  ],
});
