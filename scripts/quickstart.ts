import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HumanRail } from '@humanrail/sdk';
import { readFirstRun } from './launcher/first-run';
import { generateCode } from './launcher/generated-code';
import { runScript } from './launcher/product-access';
import { type Runtime, readRuntime } from './launcher/runtime';
import { dataFolder, loadDotEnv, root } from './launcher/settings';

/** Loaded once it is built. */
type Sdk = typeof import('@humanrail/sdk');

const PATIENCE_MS = 60_000;

interface Received {
  type: string;
  data: { id: string; output: unknown };
}

/** A first task from creation to verified webhook, against the running app, or one started temporarily. */
async function main(): Promise<void> {
  loadDotEnv();
  generateCode();
  const dataDir = dataFolder(process.env);
  const { runtime, stop } = await ensureRunning(dataDir);
  try {
    const apiKey = process.env.HUMANRAIL_API_KEY || readFirstRun(dataDir)?.testKey;
    if (!apiKey) {
      throw new Error(
        'There is no test key: make one with npm run keys:create -- --mode test, and set HUMANRAIL_API_KEY to it.',
      );
    }
    const sdk = await import('@humanrail/sdk');
    await tryOut(
      sdk,
      new sdk.HumanRail({ apiKey, baseUrl: `http://127.0.0.1:${runtime.port}/v1` }),
    );
  } finally {
    await stop();
  }
}

async function tryOut({ verifyWebhookSignature }: Sdk, client: HumanRail): Promise<void> {
  let secret = '';
  let wanted = '';
  const received: Received[] = [];
  const listener = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const payload = Buffer.concat(chunks);
    const signature = String(request.headers['x-humanrail-signature'] ?? '');
    const valid = verifyWebhookSignature({ payload, signature, secret });
    response.writeHead(valid ? 200 : 401).end();
    const event = JSON.parse(payload.toString('utf8')) as Received;
    if (!valid) {
      console.log(`✗ ${event.type} arrived with an invalid signature`);
      return;
    }
    received.push(event);
    if (!wanted || event.data.id === wanted)
      console.log(`✓ ${event.type} received, signature valid`);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const endpoint = await client.webhooks.create({
    url: `http://127.0.0.1:${port}/webhooks/humanrail`,
  });
  secret = endpoint.secret;
  console.log(`✓ A webhook listens on port ${port}`);
  try {
    const task = await client.tasks.create({
      type: 'content_review',
      payload: { text: 'Is this review genuine?', content: 'Great product, 5 stars!' },
      outputSchema: {
        type: 'object',
        required: ['verdict'],
        properties: {
          verdict: { type: 'string', enum: ['genuine', 'ai_generated', 'uncertain'] },
          notes: { type: 'string' },
        },
      },
      payoutSats: 500,
      slaSeconds: 300,
      skillsRequired: ['content_review'],
    });
    wanted = task.id;
    console.log(`Task created: ${task.id}`);
    const verified = await arrival(received, 'task.verified', task.id);
    console.log('Result:', verified.data.output);
    // Once the worker is paid.
    await arrival(received, 'task.completed', task.id);
  } finally {
    await client.webhooks.delete(endpoint.id);
    listener.close();
    listener.closeAllConnections();
  }
}

async function arrival(received: Received[], type: string, taskId: string): Promise<Received> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const event = received.find((each) => each.type === type && each.data.id === taskId);
    if (event) return event;
    await sleep(50);
  }
  const seen = received.map((each) => each.type).join(', ') || 'nothing';
  throw new Error(
    `No ${type} came for ${taskId} within ${PATIENCE_MS / 1000} s; what came: ${seen}.`,
  );
}

async function ensureRunning(
  dataDir: string,
): Promise<{ runtime: Runtime; stop: () => Promise<void> }> {
  const running = readRuntime(dataDir);
  if (running) return { runtime: running, stop: () => Promise.resolve() };
  console.log('HumanRail is not running; starting it temporarily.');
  const launcher = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, STOP_WITH_PARENT: '1' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const stop = async () => {
    if (launcher.exitCode !== null) return;
    launcher.kill('SIGTERM');
    await once(launcher, 'exit');
  };
  for (;;) {
    const runtime = readRuntime(dataDir);
    if (runtime?.pid === launcher.pid) return { runtime: runtime as Runtime, stop };
    if (launcher.exitCode !== null) throw new Error('HumanRail could not be started; see above.');
    await sleep(100);
  }
}

runScript(main);
