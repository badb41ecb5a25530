/** A crowd with scripted accuracy, through the API only, compared with its own votes offline. */
import { expect, it } from 'vitest';
import '@/server/jobs';
import { call } from '@/server/testing/call';
import { type CallApi, offlineShare, rehearseCrowd } from '@/server/testing/crowd-rehearsal';
import { useTestDatabase } from '@/server/testing/database';
import { createKey, createOrganization } from '@/server/testing/factories';

useTestDatabase();

it('is decided as by the offline methods on the same votes, and never worse than by majority', async () => {
  const { text: key } = await createKey(await createOrganization(), 'test');
  const api: CallApi = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ) => {
    const answer = await call(method, path, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body.error?.message}`);
    return answer.body as T;
  };
  const { product, votes, fields } = await rehearseCrowd(api, { golds: 9, tasks: 5 });
  expect(votes).toBe(5);
  // Tolerates two of the 50 fields near even odds.
  expect(product).toBeGreaterThanOrEqual(offlineShare('gnb', fields) - 4);
  expect(product).toBeGreaterThanOrEqual(offlineShare('auto', fields) - 4);
  expect(product).toBeGreaterThanOrEqual(offlineShare('majority', fields) - 4);
}, 300_000);
