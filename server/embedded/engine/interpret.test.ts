import { describe, expect, test } from 'vitest';
import type { Reply } from './call-app';
import type { CallJob } from './claimed-job';
import { interpret } from './interpret';

const job: CallJob = {
  id: 'R:next',
  kind: 'call',
  run_id: 'R',
  fn_id: 'a-f',
  step_id: 'step',
  run_at: 0,
  attempt: 0,
  max_attempts: 3,
  unreachable_since: null,
  token: 'T',
  claimed_at: 900,
  payload: null,
  events: ['{"name":"q","data":{"id":7}}'],
  plan: false,
  version: -1,
  bytes: 0,
  steps: null,
  stack: null,
  registry_version: 1,
};
const policy = { fixedMs: undefined };
const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Reply => ({
  kind: 'response',
  status,
  headers: { 'x-inngest-sdk': 'js:v4', ...headers },
  body: JSON.stringify(body),
});
const read = (reply: Reply, over: Partial<CallJob> = {}) =>
  interpret({ ...job, ...over }, reply, policy, 1_000);

describe('operations', () => {
  test('a step that ran is memoized, and the function called again', () => {
    expect(read(answer(206, [{ id: 's', op: 'StepRun', data: { v: 1 } }]))).toMatchObject([
      { steps: [{ state: 'done', id: 's', result: '{"data":{"v":1}}' }], next: 'auto' },
    ]);
  });

  test('several operations turn planning on, one does not', () => {
    const plan = (id: string) => ({ id, op: 'StepPlanned' });
    expect(read(answer(206, [plan('a'), plan('b')]))[0]).toHaveProperty('plan', true);
    expect(read(answer(206, [plan('a')]))[0]).not.toHaveProperty('plan');
  });

  test('a wait that compares one field can be looked up', () => {
    const op = {
      id: 'w',
      op: 'WaitForEvent',
      name: 'q/ok',
      opts: { timeout: '2d', if: 'async.data.id == event.data.id' },
    };
    expect(read(answer(206, [op]))).toMatchObject([
      {
        steps: [
          {
            pause: { eventName: 'q/ok', matchPath: 'data.id', matchValue: '7' },
            job: { kind: 'timeout', runAt: 1_000 + 172_800_000 },
          },
        ],
      },
    ]);
  });

  test('a call that fails after steps keeps their results', () => {
    const effects = read(
      answer(206, [
        { id: 'a', op: 'StepRun', data: 1 },
        { id: 'b', op: 'StepError', error: { name: 'E', message: 'no' } },
      ]),
    );
    expect(effects).toMatchObject([
      { keep: true, steps: [{ id: 'a' }] },
      { retry: { attempt: 1 } },
    ]);
  });

  test('on the last attempt an error becomes the step’s result', () => {
    const reply = answer(206, [{ id: 'b', op: 'StepError', error: { name: 'E', message: 'no' } }]);
    expect(read(reply, { attempt: 2 })).toMatchObject([
      { steps: [{ state: 'done', id: 'b', result: expect.stringContaining('"message":"no"') }] },
    ]);
  });

  test.each(['AIGateway', 'Gateway', 'DeferAdd'])(
    '%s ends the run with its name, since the engine does not have it',
    (op) => {
      expect(read(answer(206, [{ id: 'x', op }]))).toMatchObject([
        { finish: { status: 'failed', error: expect.stringContaining(op) } },
      ]);
    },
  );

  test('a step that was asked for and did not run is a failed attempt, not a silent end', () => {
    expect(read(answer(206, []), { step_id: 'abc' })).toMatchObject([{ retry: { attempt: 1 } }]);
  });

  test.each([
    ['a sleep of two years', { id: 's', op: 'Sleep', name: '800d' }, '366 days'],
    [
      'a wait with a broken expression',
      { id: 'w', op: 'WaitForEvent', name: 'q', opts: { timeout: '1s', if: '((' } },
      'not valid',
    ],
  ])('%s fails the run', (_name, op, message) => {
    expect(read(answer(206, [op]))).toMatchObject([
      { finish: { status: 'failed', error: expect.stringContaining(message) } },
    ]);
  });

  test.each([
    ['an operation nobody knows', { id: 'x', op: 'SomethingNew' }, 'SomethingNew'],
    ['an output of 4.5 MB', { id: 's', op: 'StepRun', data: 'x'.repeat(4.5e6) }, 'larger than'],
    ['a return value of 4.5 MB', { id: 'c', op: 'RunComplete', data: 'x'.repeat(4.5e6) }, 'larger'],
    ['a sleep of words', { id: 's', op: 'Sleep', name: 'banana' }, 'not a time'],
    [
      'a wait for no event',
      { id: 'w', op: 'WaitForEvent', name: '', opts: { timeout: '1s' } },
      'which event',
    ],
    ['a name that is a number', { id: 's', op: 'StepRun', name: 7, data: 1 }, 'must be text'],
  ])('%s is a failed attempt, and tried again', (_name, op, message) => {
    expect(read(answer(206, [op]))).toMatchObject([
      { retry: { attempt: 1, error: expect.stringContaining(message) } },
    ]);
  });

  test('more than a thousand steps fail the run', () => {
    const stack = Array.from({ length: 1_000 }, (_, index) => String(index));
    expect(read(answer(206, [{ id: 's', op: 'StepRun', data: 1 }]), { stack })).toMatchObject([
      { finish: { status: 'failed', error: expect.stringContaining('1000 steps') } },
    ]);
  });
});

describe('ends', () => {
  test('a 200 is the result; so is RunComplete', () => {
    expect(read(answer(200, { ok: 1 }))).toMatchObject([
      { finish: { status: 'completed', output: '{"ok":1}' } },
    ]);
    expect(read(answer(206, [{ id: 'c', op: 'RunComplete', data: { ok: 1 } }]))).toMatchObject([
      { finish: { status: 'completed', output: '{"ok":1}' } },
    ]);
  });

  test('a 2xx that is not from the SDK is a failed attempt', () => {
    const reply: Reply = { kind: 'response', status: 200, headers: {}, body: '<html>' };
    expect(read(reply)).toMatchObject([{ retry: { attempt: 1 } }]);
  });

  test('no-retry ends the run at once, the last attempt as well', () => {
    const error = { name: 'E', message: 'no' };
    const failed = [{ finish: { status: 'failed' } }];
    expect(read(answer(400, error, { 'x-inngest-no-retry': 'true' }))).toMatchObject(failed);
    expect(read(answer(500, error), { attempt: 2 })).toMatchObject(failed);
  });

  test('retry-after replaces the table', () => {
    expect(read(answer(500, { message: 'no' }, { 'retry-after': '90' }))).toMatchObject([
      { retry: { attempt: 1, runAt: 91_000 } },
    ]);
  });
});

describe('an app that is away', () => {
  const away: Reply = { kind: 'unreachable', reason: 'connect ECONNREFUSED' };

  test('costs no attempt for ten minutes', () => {
    expect(read(away)).toMatchObject([{ retry: { attempt: 0, unreachableSince: 1_000 } }]);
    expect(read(away, { unreachable_since: -590_000 })).toMatchObject([{ retry: { attempt: 0 } }]);
  });

  test('costs one after that, and each time from then on', () => {
    expect(read(away, { unreachable_since: -600_000 })).toMatchObject([
      { retry: { attempt: 1, unreachableSince: -600_000 } },
    ]);
    expect(read(away, { unreachable_since: -600_000, attempt: 2 })).toMatchObject([
      { finish: { status: 'failed' } },
    ]);
  });

  test('is also what a proxy says for it', () => {
    const reply: Reply = { kind: 'response', status: 503, headers: {}, body: '' };
    expect(read(reply)).toMatchObject([{ retry: { attempt: 0 } }]);
  });

  test('a connection lost during the call costs an attempt, since the step may have run', () => {
    expect(read({ kind: 'lost', reason: 'reset' })).toMatchObject([{ retry: { attempt: 1 } }]);
  });
});
