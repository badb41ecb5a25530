import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { HELP } from '../src/command/help.js';
import { ApiServer, json } from './api-server.js';
import { runCommand } from './command-run.js';

const server = new ApiServer();
const folder = mkdtempSync(join(tmpdir(), 'humanrail-command-'));
beforeAll(() => server.start());
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.stop();
});

const KEY = 'ek_test_abcdef123456';
const run = (line: string[], stdin?: string) =>
  runCommand(line, {
    env: { HUMANRAIL_API_KEY: KEY, HUMANRAIL_BASE_URL: `${server.origin}/v1` },
    stdin,
  });

const task = {
  id: '01',
  object: 'task',
  status: 'posted',
  type: 'content_review',
  payload: { some_key: 1 },
  output: null,
  confidence: null,
  cost_sats: { held: 550, charged: 0, fee: 0 },
  failure_reason: null,
  created_at: '2026-01-31T12:00:00.000Z',
  completed_at: null,
  expires_at: '2026-01-31T12:10:00.000Z',
};
const verified = { ...task, status: 'verified', output: { verdict: 'genuine' }, confidence: 0.97 };
const failed = {
  ...task,
  status: 'failed',
  failure_reason: { code: 'x', message: 'Nobody knew.' },
};

describe('tasks create', () => {
  it('sends every option as the API spells it, and prints what came of it', async () => {
    server.answerWith(json(201, task));
    writeFileSync(join(folder, 'schema.json'), '{"type":"object"}');
    const { code, out } = await run(
      [
        ...['tasks', 'create', '--type', 'content_review', '--payload', '-'],
        ...['--schema', `@${join(folder, 'schema.json')}`, '--payout-sats', '500'],
        ...['--sla-seconds', '300', '--skill', 'a', '--skill', 'b', '--risk-tier', 'high'],
        ...['--instructions', 'Look.', '--metadata', 'order=o=1', '--key', 'k-1'],
        ...['--callback-url', 'https://example.com/', '--sandbox', '{"delay_seconds": 1}'],
      ],
      '{"some_key": 1}',
    );
    expect(server.requests[0]?.body).toEqual({
      type: 'content_review',
      payload: { some_key: 1 },
      output_schema: { type: 'object' },
      payout_sats: 500,
      sla_seconds: 300,
      skills_required: ['a', 'b'],
      risk_tier: 'high',
      instructions: 'Look.',
      metadata: { order: 'o=1' },
      callback_url: 'https://example.com/',
      idempotency_key: 'k-1',
      sandbox: { delay_seconds: 1 },
    });
    expect(code).toBe(0);
    expect(out).toContain('Task:       01');
    expect(out).toContain('Status:     posted');
  });

  it('waits where it is told to', async () => {
    server.answerWith(json(201, task), json(200, verified));
    const args = ['tasks', 'create', '--type', 't', '--payload', '{}', '--wait', '--json'];
    const { code, out, err } = await run(args);
    expect([code, err]).toEqual([0, []]);
    expect(JSON.parse(out.join(''))).toEqual(verified);
  });

  it.each([
    [['--type', 't'], /--type and --payload are needed/],
    [['--type', 't', '--payload', '{'], /--payload is no JSON/],
    [['--type', 't', '--payload', '[1]'], /--payload must be a JSON object/],
    [['--type', 't', '--payload', '@/nowhere.json'], /There is no file \/nowhere\.json/],
    [['--type', 't', '--payload', '{}', '--payout-sats', '1.5'], /--payout-sats must be a whole/],
    [['--type', 't', '--payload', '{}', '--metadata', 'x'], /--metadata takes key=value, not 'x'/],
    [['--type', 't', '--payload', '{}', '--nope'], /Unknown option '--nope'\.$/],
    [['--type', 't', '--payload', '{}', 'extra'], /'extra' is one argument too many/],
  ])('%j is not understood, and nothing is sent', async (args, message) => {
    server.answerWith(json(201, task));
    const { code, out, err } = await run(['tasks', 'create', ...args]);
    expect([code, out]).toEqual([2, []]);
    expect(err[0]).toMatch(message);
    expect(err[1]).toBe('See: humanrail tasks create --help');
    expect(server.requests).toHaveLength(0);
  });
});

describe('tasks get, wait and list', () => {
  it('get prints the task for people, or as the API spells it', async () => {
    server.answerWith(json(200, verified));
    const { out } = await run(['tasks', 'get', '01']);
    expect(out).toContain('Output:     {"verdict":"genuine"}');
    expect(out).toContain('Confidence: 0.97');
    const asJson = await run(['tasks', 'get', '01', '--json']);
    expect(JSON.parse(asJson.out.join(''))).toEqual(verified);
  });

  it.each([
    [verified, 0],
    [failed, 3],
  ])('wait ends with the code of the end: %o', async (ended, expected) => {
    server.answerWith(json(200, ended));
    const { code, out, err } = await run(['tasks', 'wait', '01']);
    expect(code).toBe(expected);
    expect(out).toContain(`Status:     ${ended.status}`);
    expect(err).toEqual(['Waiting for task 01 …']);
  });

  it('wait gives up after its time, and says that the task goes on', async () => {
    server.answerWith(json(200, task));
    const { code, out, err } = await run(['tasks', 'wait', '01', '--timeout', '1']);
    expect(code).toBe(4);
    expect(out).toContain('Status:     posted');
    expect(err.at(-1)).toMatch(/not done within 1 s; it goes on/);
  });

  it('list prints a line a task, no more than asked for, and filters', async () => {
    const page = json(200, { data: [task, failed], has_more: true, next_cursor: 'c' });
    server.answerWith(page);
    const limited = await run([
      ...['tasks', 'list', '--status', 'failed', '--metadata', 'order=1', '--limit', '1'],
      ...['--created-after', '2026-01-01'],
    ]);
    expect(limited.out).toEqual(['01  posted     content_review']);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.query).toEqual({
      status: 'failed',
      'metadata[order]': '1',
      limit: '1',
      created_after: '2026-01-01',
    });
    server.answerWith(page, json(200, { data: [verified], has_more: false, next_cursor: null }));
    const all = await run(['tasks', 'list', '--all', '--json']);
    expect(all.out.map((line) => JSON.parse(line).status)).toEqual([
      'posted',
      'failed',
      'verified',
    ]);
  });
});

describe('what goes wrong', () => {
  it('is said in words, with the request, and ends with 1', async () => {
    const error = { type: 'not_found', code: 'not_found', message: 'No such task: 01.' };
    server.answerWith(json(404, { error, request_id: 'req_1' }));
    const { code, err } = await run(['tasks', 'get', '01']);
    expect([code, err]).toEqual([1, ['humanrail: No such task: 01.', 'Request: req_1']]);
    const asJson = await run(['tasks', 'get', '01', '--json']);
    expect(JSON.parse(asJson.err.join(''))).toEqual({
      error: { ...error, status: 404, request_id: 'req_1' },
    });
  });

  it('without a key it says where to put it', async () => {
    const { code, err } = await runCommand(['tasks', 'list']);
    expect(code).toBe(1);
    expect(err[0]).toMatch(/HUMANRAIL_API_KEY/);
  });

  it('never shows a key, wherever it was typed', async () => {
    const typed = await run([KEY]);
    const echoed = json(401, { error: { message: `The key ${KEY} is revoked.` } });
    server.answerWith(echoed);
    const refused = await run(['tasks', 'list', '--json']);
    const lines = [typed, refused].flatMap(({ out, err }) => [...out, ...err]);
    expect(lines.join('\n')).not.toContain(KEY);
    expect([typed.code, refused.code]).toEqual([2, 1]);
    expect(typed.err[0]).toContain("There is no command 'ek_test_…'");
  });

  it.each([
    [['nope'], /There is no command 'nope'/],
    [['tasks'], /'humanrail tasks' needs a command/],
    [['tasks', 'nope'], /There is no command 'tasks nope'/],
    [['tasks', 'get'], /The ID of a task is missing/],
    [['listen', 'localhost'], /must begin with http|is no URL/],
    [['listen', 'http://localhost:1/', '--events', 'task.nope'], /There is no event 'task\.nope'/],
    [['listen', 'http://localhost:1/', '--since', 'later'], /--since must be a time/],
    [['listen', 'http://localhost:1/', '--secret', 'abc'], /The secret must be whsec_/],
  ])('%j ends with 2', async (args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(2);
    expect(err[0]).toMatch(message);
  });
});

describe('help', () => {
  it.each(Object.keys(HELP))('of %j says how to use it, with an example', async (topic) => {
    const args = topic === '' ? [] : topic.split(' ');
    const { code, out } = await run([...args, '--help']);
    expect(code).toBe(0);
    const text = out.join('\n');
    expect(text).toMatch(/Usage: humanrail/);
    if (topic !== 'tasks') expect(text).toMatch(/Examples?:\n {2}(humanrail|id=)/);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('comes without arguments as well; --version tells the version', async () => {
    expect((await run([])).out).toEqual([HELP['']]);
    expect((await run(['--version'])).out).toEqual([packageJson.version]);
  });
});
