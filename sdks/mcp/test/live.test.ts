import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import {
  createTaskSessionFromClient,
  type RawClientDispatch,
  resultFromTaskOutcome,
} from '@modelcontextprotocol/ext-tasks/client';
import { describe, expect, it } from 'vitest';
import { ERAS } from './connect.js';
import { framing, modernRequest } from './modern-request.js';

/**
 * Against a running app: set HUMANRAIL_LIVE_BASE_URL and HUMANRAIL_LIVE_API_KEY (a test key).
 * Left out where they are not set, since the other tests need no app.
 */
const baseUrl = process.env.HUMANRAIL_LIVE_BASE_URL ?? '';
const apiKey = process.env.HUMANRAIL_LIVE_API_KEY ?? '';
const command = fileURLToPath(new URL('../bin/humanrail-mcp.mjs', import.meta.url));

const overHttp = () =>
  new StreamableHTTPClientTransport(new URL('/mcp', baseUrl), {
    requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
  });
const overStdio = () =>
  new StdioClientTransport({
    command: process.execPath,
    args: [command],
    env: { HUMANRAIL_API_KEY: apiKey, HUMANRAIL_BASE_URL: baseUrl },
  });

const WAYS = ERAS.flatMap((era) => [
  { era, way: 'HTTP', transport: overHttp },
  { era, way: 'stdio', transport: overStdio },
]);
type Answer = Awaited<ReturnType<RawClientDispatch>>;

const SCHEMA = {
  type: 'object',
  required: ['approved'],
  properties: { approved: { type: 'boolean' } },
};

describe.runIf(baseUrl && apiKey)('against a running app', { timeout: 120_000 }, () => {
  it.each(WAYS)('ask, wait, list and cancel over $way, era $era', async ({ era, transport }) => {
    const client = new Client(
      { name: 'live', version: '1.0.0' },
      { versionNegotiation: { mode: era } },
    );
    await client.connect(transport());
    try {
      const health = await client.callTool({ name: 'health_check', arguments: {} });
      expect(health.structuredContent).toMatchObject({ status: 'ok', mode: 'test' });

      const words: string[] = [];
      const question = { question: `Approve ${randomUUID()}?`, schema: SCHEMA, wait_seconds: 100 };
      const answer = await client.callTool(
        { name: 'ask_human', arguments: question },
        { timeout: 110_000, onprogress: ({ message }) => words.push(message ?? '') },
      );
      expect(answer.structuredContent).toMatchObject({
        status: 'verified',
        answer: { approved: expect.any(Boolean) },
      });
      expect(words[0]).toMatch(/^Waiting for task /);

      const metadata = { run: randomUUID() };
      const slow = await client.callTool({
        name: 'create_task',
        arguments: {
          type: 'question',
          payload: { question: randomUUID() },
          metadata,
          sandbox: { delay_seconds: 300 },
        },
      });
      const { id } = slow.structuredContent as { id: string };
      const waited = await client.callTool({
        name: 'wait_for_task',
        arguments: { task_id: id, timeout_seconds: 1 },
      });
      expect(waited.content).toMatchObject([
        { text: expect.stringContaining('wait_for_task') },
        {},
      ]);
      const cancelled = await client.callTool({ name: 'cancel_task', arguments: { task_id: id } });
      expect(cancelled.structuredContent).toMatchObject({ id, status: 'cancelled' });
      const list = await client.callTool({ name: 'list_tasks', arguments: { metadata } });
      expect(list.structuredContent).toMatchObject({ data: [{ id }] });
    } finally {
      await client.close();
    }
  });

  it('a client of the Tasks extension gets its answer by a handle', async () => {
    const client = new Client(
      { name: 'live', version: '1.0.0' },
      { versionNegotiation: { mode: 'auto' } },
    );
    await client.connect(overHttp());
    const rawDispatch: RawClientDispatch = async (request) => {
      const { id, ...message } = request as { id: string | number; method: string };
      const url = new URL('/mcp', baseUrl).href;
      const response = await fetch(modernRequest(url, message, { key: apiKey }));
      return { ...((await response.json()) as Answer), id };
    };
    const session = createTaskSessionFromClient(client, {
      endpointId: 'live',
      rawDispatch,
      v2RequestFraming: framing,
    });
    try {
      const args = { question: `Approve ${randomUUID()}?`, schema: SCHEMA };
      const execution = await session.callTool('ask_human', args);
      const { outcome } = await execution.settle();
      expect(resultFromTaskOutcome(outcome)).toMatchObject({
        structuredContent: { status: 'verified', answer: { approved: expect.any(Boolean) } },
      });
    } finally {
      await session.close();
      await client.close();
    }
  });

  it('the program says what is missing, and ends', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [command], {
      env: { ...process.env, HUMANRAIL_API_KEY: '' },
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/HUMANRAIL_API_KEY/);
  });
});
