import { defineConfig } from 'vitest/config';

const alias = { '@': new URL('.', import.meta.url).pathname };

// Files share what they import (`isolate: false`), since importing it again for each took as long as the
// tests. So a file puts back what it changes for the whole process, such as the clock; settings are put
// back for it.
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['{server,components,scripts,prisma,app}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{db,clients,lnbits}.test.ts', '**/node_modules/**'],
          environment: 'node',
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent' },
          maxWorkers: 2,
          isolate: false,
          setupFiles: ['./server/testing/settings.setup.ts'],
          // Some draw thousands of samples, and their machine may be busy.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'db',
          include: ['{server,scripts,prisma,app}/**/*.db.test.ts'],
          environment: 'node',
          globalSetup: ['./server/testing/global-setup.ts'],
          setupFiles: ['./server/testing/settings.setup.ts'],
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent' },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      // The contract once more, over a socket: the doors as the launcher's server mounts them.
      {
        resolve: { alias },
        test: {
          name: 'mounts',
          include: [
            'server/{doors/**/,rest}*.db.test.ts',
            'server/features/**/rest*.db.test.ts',
            'server/features/{l402,receipts,usage}/*.db.test.ts',
          ],
          environment: 'node',
          globalSetup: ['./server/testing/global-setup.ts'],
          setupFiles: ['./server/testing/settings.setup.ts'],
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent', TEST_MOUNT: 'node' },
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      // What needs a real LNbits, which each file starts for itself.
      {
        resolve: { alias },
        test: {
          name: 'lnbits',
          include: ['server/**/*.lnbits.test.ts'],
          environment: 'node',
          setupFiles: ['./server/testing/settings.setup.ts'],
          env: { NODE_ENV: 'test', LOG_LEVEL: 'silent' },
          testTimeout: 60_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
      // Code that the app shows, run by the SDKs.
      {
        resolve: { alias },
        test: {
          name: 'snippets',
          include: ['components/**/*.clients.test.ts'],
          environment: 'node',
          testTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
