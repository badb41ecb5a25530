import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { claimTask } from '@/server/features/routing';
import { CreateTask, createTask } from '@/server/features/tasks';
import { env } from '@/server/platform/env';
import { useTestDatabase } from '@/server/testing/database';
import { createOrganization, keyActor, memberActor, workerActor } from '@/server/testing/factories';
import { openMedia, type Viewers } from './index';

useTestDatabase();

let host: RequestListener;
let asked: (string | undefined)[] = [];
const server = createServer((request, response) => {
  asked.push(request.url);
  host(request, response);
});
let base: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

beforeEach(() => {
  env.MEDIA_ALLOW_PRIVATE = true;
  asked = [];
  host = (_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png', 'set-cookie': 'spy=1' }).end('PNG');
  };
});
afterEach(() => {
  env.MEDIA_ALLOW_PRIVATE = false;
});

const NOBODY: Viewers = { worker: null, member: null, operator: null };

async function seen(payload: Record<string, unknown>) {
  const organization = await createOrganization();
  const customer = await keyActor(organization, 'test');
  const body = CreateTask.parse({ type: 'media', payload, payout_sats: 10, sla_seconds: 300 });
  const { task } = await createTask(customer, body);
  const worker = await workerActor({ capacity: 1 });
  await claimTask(worker, { taskId: task.id });
  const signal = new AbortController().signal;
  return {
    organization,
    worker,
    open: (url: string, viewers: Partial<Viewers> = { worker }, range?: string) =>
      openMedia({ ...NOBODY, ...viewers }, { taskId: task.id, url, range, signal }),
  };
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const chunk of body) text += Buffer.from(chunk).toString();
  return text;
}

describe('a file of a payload', () => {
  it('comes to its worker, its organization and operators, and to nobody else', async () => {
    const url = `${base}/cat.png`;
    const { open, organization } = await seen({ photo: url });
    const file = await open(url);
    expect({ ...file, body: await textOf(file.body) }).toMatchObject({
      status: 200,
      type: 'image/png',
      body: 'PNG',
    });
    expect(file.headers).not.toHaveProperty('set-cookie');
    const member = await memberActor(organization, 'live', 'viewer');
    const operator = { kind: 'operator', userId: 'o', mode: 'live' } as const;
    await textOf((await open(url, { worker: null, member })).body);
    await textOf((await open(url, { worker: null, operator })).body);
    const foreign = await memberActor(await createOrganization());
    const stranger = await workerActor();
    for (const viewers of [{}, { member: foreign }, { worker: stranger }]) {
      await expect(open(url, { worker: null, ...viewers })).rejects.toMatchObject({ status: 404 });
    }
  });

  it('is only one that the payload names, by itself or in its markdown', async () => {
    const { open } = await seen({ text: `![a](${base}/in-markdown.png) and more` });
    expect((await open(`${base}/in-markdown.png`)).status).toBe(200);
    for (const other of [`${base}/in-markdown`, `${base}/secret.png`, 'nonsense', '']) {
      await expect(open(other)).rejects.toMatchObject({ status: 404 });
    }
    expect(asked).toEqual(['/in-markdown.png']);
  });

  it('is not fetched from this machine or its network unless that is allowed', async () => {
    env.MEDIA_ALLOW_PRIVATE = false;
    const urls = [`${base}/a.png`, 'http://169.254.169.254/latest/x.png', 'http://[::1]/a.png'];
    const { open } = await seen({ urls });
    for (const url of urls) await expect(open(url)).rejects.toMatchObject({ status: 400 });
    expect(asked).toEqual([]);
  });

  it('is not fetched where a redirect leads to a forbidden address', async () => {
    host = (_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end();
    };
    const { open } = await seen({ a: `${base}/a.png` });
    await expect(open(`${base}/a.png`)).rejects.toMatchObject({ status: 400 });
  });

  it('of another kind is refused, whatever its name', async () => {
    host = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
    };
    const { open } = await seen({ a: `${base}/a.png` });
    await expect(open(`${base}/a.png`)).rejects.toMatchObject({ code: 'media_type_refused' });
  });

  it('that is too large is refused by its length, and breaks off where that was a lie', async () => {
    const { open } = await seen({ a: `${base}/a.png` });
    host = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': '90000000' });
      response.write('x');
    };
    await expect(open(`${base}/a.png`)).rejects.toMatchObject({ status: 413 });
    host = (_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      const chunk = Buffer.alloc(1_000_000);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    };
    await expect(textOf((await open(`${base}/a.png`)).body)).rejects.toMatchObject({ status: 413 });
  });

  it('is given in parts to players, and a host that fails is told in words', async () => {
    host = (request, response) => {
      if (request.headers.range !== 'bytes=2-3') return response.writeHead(500).end();
      const headers = { 'content-type': 'video/mp4', 'content-range': 'bytes 2-3/9' };
      response.writeHead(206, headers).end('cd');
    };
    const url = `${base}/a.mp4`;
    const { open, worker } = await seen({ clip: url });
    const part = await open(url, { worker }, 'bytes=2-3');
    expect(part).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 2-3/9' } });
    expect(await textOf(part.body)).toBe('cd');
    await expect(open(url)).rejects.toMatchObject({
      status: 502,
      message: 'The host responded with status 500.',
    });
  });
});
