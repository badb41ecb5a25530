import { startTemporaryInstance } from '@/scripts/launcher/temporary-instance';
import type { CallApi } from '@/server/testing/crowd-rehearsal';

/**
 * Runs `work` against an instance's API with a test key, like a customer's CI. `HUMANRAIL_BASE_URL`
 * (with /v1) and `HUMANRAIL_API_KEY` select a running instance; otherwise uses a temporary one.
 */
export async function withRehearsalApi(work: (api: CallApi) => Promise<void>): Promise<void> {
  const { HUMANRAIL_BASE_URL: given, HUMANRAIL_API_KEY: key } = process.env;
  const instance = given ? null : await startTemporaryInstance({ LOG_LEVEL: 'warn' });
  const base = given ?? `${instance?.runtime.url}/v1`;
  const api = caller(base, key ?? instance?.facts.testKey ?? '');
  try {
    await work(api);
    // Restarts the clock for other users of the key.
    await api('DELETE', '/v1/test/clock');
  } finally {
    await instance?.stop();
  }
}

function caller(base: string, key: string): CallApi {
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${base}${path.replace(/^\/v1/, '')}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return JSON.parse(text) as T;
  };
}
