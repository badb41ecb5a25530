import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'openapi-clients',
    root: new URL('.', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
