import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HumanRail } from '../src/index.js';
import { moduleOf, quickstartBlocks, workshop } from './quickstart-blocks.js';

const baseUrl = process.env.HUMANRAIL_LIVE_BASE_URL;
const apiKey = process.env.HUMANRAIL_LIVE_API_KEY;
const blocks = quickstartBlocks();
const [create = '', handler = ''] = blocks ?? [];

/** The quickstart's code as it stands, against a running app that delivers to its handler. */
describe.runIf(blocks && baseUrl && apiKey)('the quickstart with a running app', () => {
  const printed = vi.fn();
  let client: HumanRail;
  let folder = '';
  let remove = () => {};
  let listener: Server;
  let endpointId = '';

  beforeAll(async () => {
    client = new HumanRail({ apiKey, baseUrl });
    ({ folder, remove } = workshop());
    vi.spyOn(console, 'log').mockImplementation(printed);
    vi.stubEnv('HUMANRAIL_API_KEY', apiKey);
    vi.stubEnv('HUMANRAIL_BASE_URL', baseUrl);
    const module = await moduleOf(folder, 'live-handler', `${handler}\nexport { app };`);
    const { app } = (await import(module)) as { app: Express };
    listener = app.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const { port } = listener.address() as AddressInfo;
    const endpoint = await client.webhooks.create({
      url: `http://127.0.0.1:${port}/webhooks/humanrail`,
      events: ['task.verified', 'task.completed'],
    });
    endpointId = endpoint.id;
    vi.stubEnv('HUMANRAIL_WEBHOOK_SECRET', endpoint.secret);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    if (endpointId) await client.webhooks.delete(endpointId);
    listener.close();
    listener.closeAllConnections();
    remove();
  });

  /** How the handler answered each event of the task: its type, and the statuses of the tries. */
  async function answers(taskId: string) {
    const { data } = await client.webhooks.deliveries(endpointId, { limit: 100 });
    const own = data.filter((delivery) => delivery.taskId === taskId && delivery.attempts[0]);
    return Object.fromEntries(
      own.map(({ eventType, attempts }) => [eventType, attempts.map((one) => one.statusCode)]),
    );
  }

  it('sends its task, and the handler takes the events that the app signed for it', async () => {
    await import(await moduleOf(folder, 'live-create', create));
    const [[words]] = printed.mock.calls as [[string]];
    expect(words).toMatch(/^Task created: \S+$/);
    const id = words.slice('Task created: '.length);
    // The handler answers 401 to what is not signed with its secret.
    await vi.waitFor(
      async () =>
        expect(await answers(id)).toEqual({ 'task.verified': [200], 'task.completed': [200] }),
      { timeout: 60_000, interval: 200 },
    );
    const { output } = await client.tasks.get(id);
    expect(output).toHaveProperty('verdict');
    expect(printed.mock.calls).toContainEqual(['Result:', output]);
  }, 90_000);
});
