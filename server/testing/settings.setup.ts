import { afterAll } from 'vitest';
import { env } from '@/server/platform/env';

// Runs before each test file: a file may change settings, and those that share its process find them as
// they were.
const found = { ...env };

afterAll(() => {
  for (const name of Object.keys(env)) if (!(name in found)) Reflect.deleteProperty(env, name);
  Object.assign(env, found);
});
