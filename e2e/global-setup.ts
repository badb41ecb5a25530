import { startTemporaryInstance } from '@/scripts/launcher/temporary-instance';

/**
 * Starts the whole product for the browser tests, as `npm start` does, on free ports and in a
 * temporary folder. Specs find it by `E2E_URL`, its keys and sign-ins in `E2E_DATA_DIR`. With
 * `E2E_URL` set beforehand they run against that instance instead.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.E2E_URL) return () => Promise.resolve();
  const instance = await startTemporaryInstance({
    WEB_PROCESSES: '1',
    // Files of payloads come from a host of the specs' own.
    MEDIA_ALLOW_PRIVATE: '1',
  });
  process.env.E2E_URL = instance.runtime.url;
  process.env.E2E_DATA_DIR = instance.dataDir;
  return () => instance.stop();
}
