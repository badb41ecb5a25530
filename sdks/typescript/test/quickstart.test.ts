import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HumanRail, verifyWebhookSignature } from '../src/index.js';
import { ApiServer, json } from './api-server.js';

/**
 * The quickstart's own code, with its prints turned into returns. It must compile and run with only
 * the key and the base URL in the environment.
 */
const server = new ApiServer();
const before = { ...process.env };

beforeAll(async () => {
  await server.start();
  process.env.HUMANRAIL_API_KEY = 'ek_test_env';
  process.env.HUMANRAIL_BASE_URL = `${server.origin}/v1`;
  process.env.HUMANRAIL_WEBHOOK_SECRET = 'whsec_quickstart';
});
afterAll(async () => {
  process.env = before;
  await server.stop();
});

it('creates the task, and polls it until it is verified', async () => {
  const output = { verdict: 'genuine', notes: 'Appears authentic' };
  server.answerWith(
    json(201, { id: '01', status: 'posted', output: null }),
    json(200, { id: '01', status: 'verified', output }),
  );

  const client = new HumanRail({ apiKey: 'ek_live_...' });

  const task = await client.tasks.create({
    type: 'content_review',
    payload: {
      text: 'Is this review genuine?',
      content: 'Great product, 5 stars!',
    },
    outputSchema: {
      type: 'object',
      required: ['verdict'],
      properties: {
        verdict: {
          type: 'string',
          enum: ['genuine', 'ai_generated', 'uncertain'],
        },
        notes: { type: 'string' },
      },
    },
    payoutSats: 500,
    slaSeconds: 300,
    skillsRequired: ['content_review'],
  });

  const waitForResult = async (taskId: string) => {
    while (true) {
      const task = await client.tasks.get(taskId);

      if (task.status === 'verified') return task.output;
      if (['failed', 'expired', 'cancelled'].includes(task.status)) {
        throw new Error(`Task ended: ${task.status}`);
      }

      await new Promise((r) => setTimeout(r, 5000));
    }
  };

  expect(await waitForResult(task.id)).toEqual(output);
  expect(server.requests[0]?.body).toMatchObject({ payout_sats: 500, sla_seconds: 300 });
});

describe('the webhook handler', () => {
  const body = JSON.stringify({ type: 'task.verified', data: { output: { verdict: 'genuine' } } });
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const req = { headers: request.headers, body: Buffer.concat(chunks) };
      const signature = req.headers['x-humanrail-signature'];
      const isValid = verifyWebhookSignature({
        payload: req.body,
        signature,
        secret: process.env.HUMANRAIL_WEBHOOK_SECRET,
      });
      response.writeHead(isValid ? 200 : 401).end();
    });
  });
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        receiver.listen(0, '127.0.0.1', resolve);
      }),
  );
  afterAll(() => {
    receiver.close();
  });

  const post = (headers: Record<string, string>, text = body) =>
    fetch(`http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, {
      method: 'POST',
      headers,
      body: text,
    });
  const signed = () => {
    const now = Math.floor(Date.now() / 1000);
    const digest = createHmac('sha256', 'whsec_quickstart').update(`${now}.${body}`).digest('hex');
    return { 'x-humanrail-signature': `t=${now},v1=${digest}` };
  };

  it('takes what was signed', async () => {
    expect((await post(signed())).status).toBe(200);
  });

  it('answers 401 to what was changed, or not signed', async () => {
    expect((await post(signed(), `${body} `)).status).toBe(401);
    expect((await post({})).status).toBe(401);
  });

  it('answers 401 while no secret is set, instead of failing', async () => {
    delete process.env.HUMANRAIL_WEBHOOK_SECRET;
    expect((await post(signed())).status).toBe(401);
    process.env.HUMANRAIL_WEBHOOK_SECRET = 'whsec_quickstart';
  });
});
