import type { Figure } from './figure';
import { type LoadOptions, measureTargets, type Target } from './load';
import { createTask, headersOf, type Subject, TASK } from './subject';

const BATCH = 50;

/**
 * Creates, gets and lists over HTTP, compared with an empty handler: `/api/empty`, a Next route
 * handler in the same build that does nothing. In live mode with nobody online, so that it measures
 * the request itself with its routing and notifications, and not the simulated crowd's work on the
 * same CPUs.
 */
export async function measureApi(
  url: string,
  { liveKey }: Subject,
  options: LoadOptions,
): Promise<Figure[]> {
  const { id } = await createTask(url, liveKey, TASK);
  const headers = headersOf(liveKey);
  const post = { method: 'POST', headers } as const;
  const bare: Target = { name: 'bare Next route handler', url: `${url}/api/empty` };
  return measureTargets(
    [
      bare,
      { name: 'get', url: `${url}/v1/tasks/${id}`, headers, aim: '≥ 3' },
      { name: 'list (20)', url: `${url}/v1/tasks?limit=20`, headers },
      {
        name: 'create',
        url: `${url}/v1/tasks`,
        ...post,
        body: JSON.stringify(TASK),
        aim: '≥ 1',
      },
      {
        name: `create in batches of ${BATCH}, a task`,
        url: `${url}/v1/tasks/batch`,
        ...post,
        body: JSON.stringify({ tasks: Array.from({ length: BATCH }, () => TASK) }),
        things: BATCH,
      },
    ],
    options,
  );
}
