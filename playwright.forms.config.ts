import { defineConfig } from '@playwright/test';
import shared from './playwright.config';

/** Tests of the worker's form on a page of its own; they need no instance of the product. */
export default defineConfig({
  testDir: 'e2e/form-page',
  outputDir: 'test-results/form-page',
  globalSetup: './e2e/form-page/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  use: { ...shared.use, baseURL: undefined },
});
