import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ApiServer, json } from './api-server.js';

/** What each example prints where people say yes. */
const PRINTS: Readonly<Record<string, unknown[][]>> = {
  'ai-sdk.ts': [
    [{ answer: true, confidence: 0.97, task_id: '01' }],
    ['refunded 12.5 for o-1'],
    ['The order is refunded.'],
  ],
  'approval.ts': [['refunded 12.5 for o-1']],
  'ask.ts': [['approved', 'In the policy', 0.97]],
  'inngest.ts': [['refunded']],
  'tools.ts': [
    [['ask_human', 'create_task', 'get_task', 'cancel_task']],
    [{ role: 'tool', tool_call_id: 'call_1', content: 'true' }],
    [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'true' }],
  ],
};
const HELPERS = ['scripted-model.ts'];

const server = new ApiServer();
const printed = vi.fn();
beforeAll(async () => {
  await server.start();
  vi.stubEnv('HUMANRAIL_API_KEY', 'ek_test_env');
  vi.stubEnv('HUMANRAIL_BASE_URL', `${server.origin}/v1`);
  vi.spyOn(console, 'log').mockImplementation(printed);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await server.stop();
});

it('every example is run here', () => {
  const files = readdirSync(new URL('../examples', import.meta.url));
  expect(files.filter((name) => name.endsWith('.ts')).toSorted()).toEqual(
    [...Object.keys(PRINTS), ...HELPERS].toSorted(),
  );
});

it.each(Object.entries(PRINTS))('%s', async (name, lines) => {
  printed.mockClear();
  let posts = 0;
  let output: unknown;
  server.answerWith((response, request) => {
    const isCreate = request.method === 'POST';
    if (isCreate) {
      posts += 1;
      output = yesTo((request.body as { output_schema: OutputSchema }).output_schema);
    }
    // The first task is open when it is created, as real ones are.
    const isOpen = isCreate && posts === 1;
    const task = {
      id: '01',
      status: isOpen ? 'posted' : 'verified',
      output: isOpen ? null : output,
      confidence: 0.97,
      expires_at: new Date(Date.now() + 60_000).toISOString(),
    };
    return json(200, task)(response, request);
  });
  await import(`../examples/${name.replace(/\.ts$/, '')}.ts`);
  expect(printed.mock.calls).toEqual(lines);
});

interface OutputSchema {
  type: string;
  properties?: object;
}

/** The answer of a person who agrees, in the form that was asked for. */
function yesTo({ type, properties = {} }: OutputSchema): unknown {
  if (type === 'boolean') return true;
  return { approved: true, ...('reason' in properties ? { reason: 'In the policy' } : {}) };
}
