import type { Task } from '../features/tasks/schema';
import { call } from './call';
import { advance, type CallApi } from './crowd-rehearsal';
import { createKey, createOrganization } from './factories';

/** An organization with a stopped test clock, created using only the REST API. */
export async function rehearsedCustomer(organization?: { id: string }) {
  const owner = organization ?? (await createOrganization({ funds: 10_000_000 }));
  const { text: key } = await createKey(owner, 'test');
  const api: CallApi = async <T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ) => {
    const answer = await call(method, path, { key, body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.body.error?.message}`);
    return answer.body as T;
  };
  await advance(api, 0);
  return {
    organization: owner,
    api,
    advance: (seconds: number) => advance(api, seconds),
    get: (id: string) => api<Task>('GET', `/v1/tasks/${id}`),
  };
}
