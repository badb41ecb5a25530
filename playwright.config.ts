import { defineConfig } from '@playwright/test';
import { installedBrowser } from './scripts/testing/browser';

/**
 * Specs of workers with a skill of their own, so that what runs beside them neither takes nor brings
 * tasks; `worker-loop` and `onboarding` work with the demo's skills.
 */
const WORKER_SPECS = /(worker-(?!loop)|schemas|form-|payload|task-page|withdraw)[^/]*\.spec\.ts$/;
/** Specs of the demo's customer, whose pages say nothing of how its worker is signed in. */
const CUSTOMER_SPECS =
  /(dashboard-|task-types|palette|settings|playground|people|api-keys|getting-started)[^/]*\.spec\.ts$/;
/** The longest ones: every page at every width. */
const PAGE_SPECS = /(pages|docs)\.spec\.ts$/;

/** Browser tests, on the production build with everything embedded (see e2e/global-setup.ts). */
export default defineConfig({
  testDir: 'e2e',
  // The worker's form on a page of its own: see playwright.forms.config.ts.
  testIgnore: 'form-page/**',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/global-setup.ts',
  // Four lanes keep two cores busy, since much of a test is waiting: the specs of workers, two at a time;
  // those of the demo's customer and of its other accounts, each in order; and in every lane that is
  // free the pages, which need nothing of each other.
  fullyParallel: false,
  workers: 4,
  forbidOnly: true,
  // No second try: a test that fails once in a while has a cause to find. See decision 0072.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 20_000 },
  use: {
    browserName: 'chromium',
    // Without a graphics card each frame of an animation is drawn by the processor.
    contextOptions: { reducedMotion: 'reduce' },
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
    { name: 'worker', testMatch: WORKER_SPECS, workers: 2 },
    { name: 'customer', testMatch: CUSTOMER_SPECS, workers: 1 },
    {
      name: 'others',
      testIgnore: ['form-page/**', WORKER_SPECS, CUSTOMER_SPECS, PAGE_SPECS],
      workers: 1,
    },
    { name: 'pages', testMatch: PAGE_SPECS, fullyParallel: true },
  ],
});
