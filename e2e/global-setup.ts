import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SharedInstance } from '@/scripts/testing/shared-instance';
import { sessionOf } from './instance';

/**
 * Specs find the product by `E2E_URL`, and its keys and sign-ins in `E2E_DATA_DIR`: those of a
 * running instance if set, else of one started here like `npm start`, on free ports and in a
 * temporary folder. Each demo account is signed in once, for all specs. The run fails if the server
 * logged an unhandled error.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const own = process.env.E2E_URL ? undefined : new SharedInstance();
  if (own) {
    const { runtime, dataDir } = await own.instance();
    process.env.E2E_URL = runtime.url;
    process.env.E2E_DATA_DIR = dataDir;
  }
  try {
    for (const role of ['customer', 'worker', 'operator'] as const) await sessionOf(role);
  } catch (error) {
    await own?.stop();
    throw error;
  }
  const log = join(process.env.E2E_DATA_DIR ?? '.data', 'log/app.log');
  return async () => {
    const faults = readFileSync(log, 'utf8').split(/^⨯ /m).slice(1);
    await own?.stop();
    // A page with a part that fails on the server is still rendered by the browser, so no test
    // notices.
    if (faults.length > 0)
      throw new Error(`The server logged a fault: ${faults[0]?.slice(0, 1_000)}`);
  };
}
