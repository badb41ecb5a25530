import { defineConfig } from 'vitest/config';

const source = new URL('src/', import.meta.url).pathname;

export default defineConfig({
  // Examples import the package by its name; here that is its source, not a build of it.
  resolve: {
    alias: [
      { find: /^@humanrail\/sdk$/, replacement: `${source}index.ts` },
      { find: /^@humanrail\/sdk\/(\w+)$/, replacement: `${source}$1.ts` },
    ],
  },
  test: {
    name: 'sdk',
    root: new URL('.', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
