import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tools } from '../src/tools/index.js';
import { inspect, installInspector } from './inspector.js';

const baseUrl = process.env.HUMANRAIL_LIVE_BASE_URL ?? '';
const apiKey = process.env.HUMANRAIL_LIVE_API_KEY ?? '';
const command = fileURLToPath(new URL('../bin/humanrail-mcp.mjs', import.meta.url));

/** The protocol's own inspector, which judges what it is given, against a running app. */
describe.runIf(baseUrl && apiKey)('mcp-inspector --cli', { timeout: 120_000 }, () => {
  let isThere = false;
  let home = '';
  beforeAll(async () => {
    isThere = await installInspector();
    home = mkdtempSync(join(tmpdir(), 'mcp-inspector-'));
  }, 120_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  const environment = { HUMANRAIL_API_KEY: apiKey, HUMANRAIL_BASE_URL: baseUrl };
  const WAYS = [
    {
      way: 'HTTP',
      server: () => [
        new URL('/mcp', baseUrl).href,
        ...['--transport', 'http', '--header', `Authorization: Bearer ${apiKey}`],
      ],
    },
    {
      way: 'stdio',
      server: () => [
        ...Object.entries(environment).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
        ...[process.execPath, command],
      ],
    },
  ];

  it.for(WAYS)('lists the tools over $way, and calls one', async ({ server }, { skip }) => {
    skip(!isThere, 'npm cannot reach its registry, so the inspector is not there');
    const answer = (await inspect(home, [...server(), '--method', 'tools/list'])) as {
      tools: { name: string }[];
    };
    const names = answer.tools.map(({ name }) => name);
    expect(names.toSorted()).toEqual(tools.map(({ listed }) => listed.name).toSorted());

    const call = ['--method', 'tools/call', '--tool-name', 'ask_human', '--tool-arg'];
    const schema = { type: 'object', required: ['ok'], properties: { ok: { type: 'boolean' } } };
    const question = [`question=Approve ${randomUUID()}?`, `schema=${JSON.stringify(schema)}`];
    expect(await inspect(home, [...server(), ...call, ...question])).toMatchObject({
      structuredContent: { status: 'verified', answer: { ok: expect.any(Boolean) } },
    });
  });
});
