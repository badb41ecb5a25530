import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ApiServer, json } from './api-server.js';
import {
  moduleOf,
  quickstartBlocks,
  quickstartPath,
  repositoryRoot,
  workshop,
  writeProject,
} from './quickstart-blocks.js';

const blocks = quickstartBlocks();
const [create = '', handler = '', poll = ''] = blocks ?? [];
const title = blocks
  ? 'the quickstart’s own code'
  : `the quickstart’s own code: left out, for want of ${quickstartPath}; set HUMANRAIL_QUICKSTART to it`;

/** As it stands in the document, with only key, base URL and secret in the environment. */
describe.skipIf(!blocks)(title, () => {
  const server = new ApiServer();
  const printed = vi.fn();
  let folder = '';
  let remove = () => {};

  beforeAll(async () => {
    ({ folder, remove } = workshop());
    vi.spyOn(console, 'log').mockImplementation(printed);
    await server.start();
    vi.stubEnv('HUMANRAIL_API_KEY', 'ek_test_env');
    vi.stubEnv('HUMANRAIL_BASE_URL', `${server.origin}/v1`);
    vi.stubEnv('HUMANRAIL_WEBHOOK_SECRET', 'whsec_quickstart');
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await server.stop();
    remove();
  });

  it('has a create, a webhook handler and polling', () => {
    expect(blocks).toHaveLength(3);
    expect(create).toContain('client.tasks.create(');
    expect(handler).toContain('verifyWebhookSignature(');
    expect(poll).toContain('client.tasks.get(');
  });

  it('compiles in a strict project', async () => {
    writeProject(folder, { 'create-and-poll.ts': `${create}\n${poll}`, 'handler.ts': handler });
    const tsc = join(repositoryRoot, 'node_modules/typescript-native/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
      (failure: { stdout: string }) => failure,
    );
    expect(stdout).toBe('');
  }, 60_000);

  it('creates the task, and polls it until it is verified', async () => {
    const output = { verdict: 'genuine', notes: 'Appears authentic' };
    server.answerWith(
      json(201, { id: '01', status: 'posted', output: null }),
      json(200, { id: '01', status: 'verified', output }),
    );
    await import(await moduleOf(folder, 'create-and-poll', `${create}\n${poll}`));
    expect(printed.mock.calls).toEqual([['Task created: 01'], [output]]);
    expect(server.requests[0]).toMatchObject({
      headers: { authorization: 'Bearer ek_test_env' },
      body: { type: 'content_review', payout_sats: 500, sla_seconds: 300 },
    });
  });

  describe('its Express handler', () => {
    const output = { verdict: 'genuine' };
    const body = JSON.stringify({ type: 'task.verified', data: { output } });
    let listener: Server;
    beforeAll(async () => {
      const module = await moduleOf(folder, 'handler', `${handler}\nexport { app };`);
      const { app } = (await import(module)) as { app: Express };
      listener = app.listen(0, '127.0.0.1');
      await once(listener, 'listening');
    });
    afterAll(() => {
      listener.close();
      listener.closeAllConnections();
    });

    const post = async (headers: Record<string, string>, text = body) => {
      const { port } = listener.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/webhooks/humanrail`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      });
      return { status: response.status, text: await response.text() };
    };
    const signed = () => {
      const now = Math.floor(Date.now() / 1000);
      const digest = createHmac('sha256', 'whsec_quickstart')
        .update(`${now}.${body}`)
        .digest('hex');
      return { 'x-humanrail-signature': `t=${now},v1=${digest}` };
    };

    it('takes what was signed, and prints the result', async () => {
      printed.mockClear();
      expect(await post(signed())).toEqual({ status: 200, text: 'OK' });
      expect(printed.mock.calls).toEqual([['Result:', output]]);
    });

    it('answers 401 to what was changed, or not signed', async () => {
      const refused = { status: 401, text: 'Invalid signature' };
      expect(await post(signed(), `${body} `)).toEqual(refused);
      expect(await post({})).toEqual(refused);
    });

    it('answers 401 while no secret is set, instead of failing', async () => {
      vi.stubEnv('HUMANRAIL_WEBHOOK_SECRET', undefined);
      expect((await post(signed())).status).toBe(401);
      vi.stubEnv('HUMANRAIL_WEBHOOK_SECRET', 'whsec_quickstart');
    });
  });
});
