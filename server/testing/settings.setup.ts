import { afterAll } from 'vitest';
import { env } from '@/server/platform/env';

// Runs before each test file: restores settings that an earlier file in the same process changed.
const found = { ...env };

afterAll(() => {
  for (const name of Object.keys(env)) if (!(name in found)) Reflect.deleteProperty(env, name);
  Object.assign(env, found);
});
