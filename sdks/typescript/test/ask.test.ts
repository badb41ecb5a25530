import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { questionKey } from '../src/ask.js';
import {
  HumanRail,
  HumanRailError,
  TaskCancelledError,
  type TaskError,
  TaskExpiredError,
  TaskFailedError,
  TaskTimeoutError,
  TimeoutError,
} from '../src/index.js';
import { canonicalJson, type Json } from '../src/json.js';
import { ApiServer, json } from './api-server.js';
import { conformanceCases } from './conformance-cases.js';
import { fastClock } from './fast-clock.js';

interface AskCase {
  name: string;
  ask: { question: string; timeout_seconds?: number } & Record<string, unknown>;
  request: unknown;
  answers: unknown[];
  reads: number | null;
  result?: { value: unknown; confidence: number | null; task_id: string };
  error?: { class: keyof typeof classes; task_id: string | null; message: string };
}

interface AskCases {
  keys: { question: string; payload: Json; output_schema: Json; key: string }[];
  canonical: { json: string; canonical: string }[];
  asks: AskCase[];
}

const classes = {
  HumanRailError,
  TaskCancelledError,
  TaskExpiredError,
  TaskFailedError,
  TaskTimeoutError,
};

const { keys, canonical, asks } = conformanceCases<AskCases>('asks');

it.each(keys)('the key of the question is $key in every language', ({ key, ...asked }) => {
  expect(questionKey(asked)).toBe(key);
});

it.each(canonical)('canonical JSON is $canonical', (one) => {
  expect(canonicalJson(JSON.parse(one.json))).toBe(one.canonical);
});

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

describe.each([
  { clock: 'a fast clock', cases: asks.filter((one) => !one.ask.timeout_seconds), times: 20 },
  { clock: 'the real clock', cases: asks.filter((one) => one.ask.timeout_seconds), times: 1 },
])('ask, by $clock', ({ cases, times }) => {
  fastClock(times);

  /** The options in this language's spelling. */
  const optionsOf = ({ question: _, timeout_seconds, ...rest }: AskCase['ask']) => ({
    ...Object.fromEntries(
      Object.entries(rest).map(([name, value]) => [
        name.replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase()),
        value,
      ]),
    ),
    ...(timeout_seconds === undefined ? {} : { timeoutMs: timeout_seconds * 1000 }),
  });

  it.each(cases)('$name', async (one) => {
    server.answerWith(...one.answers.map((answer) => json(200, answer)));
    const outcome = await server
      .client()
      .ask(one.ask.question, optionsOf(one.ask))
      .catch((error: unknown) => error);

    const [create, ...reads] = server.requests;
    expect(create?.body ?? null).toEqual(one.request);
    if (create) expect(create).toMatchObject({ method: 'POST', path: '/v1/tasks' });
    for (const read of reads) expect(read.method).toBe('GET');
    if (one.reads === null) expect(reads.length).toBeGreaterThan(0);
    else expect(reads).toHaveLength(one.reads);

    if (one.result) {
      const { task_id, ...result } = one.result;
      expect(outcome).toMatchObject({ ...result, task: { id: task_id } });
    } else {
      const { class: className, task_id, message } = one.error as NonNullable<AskCase['error']>;
      expect(outcome).toBeInstanceOf(classes[className]);
      expect((outcome as Error).message).toContain(message);
      expect((outcome as TaskError).task?.id ?? null).toBe(task_id);
    }
  });
});

describe('ask', () => {
  fastClock(20);

  it('says what the confidence rests on where the API says it', async () => {
    const task = { id: '1', status: 'verified', output: { answer: 'a' }, confidence: 0.5 };
    server.answerWith(json(200, { ...task, confidence_basis: 'calibrated' }), json(200, task));
    expect((await server.client().ask('Which?')).confidenceBasis).toBe('calibrated');
    expect((await server.client().ask('Which?')).confidenceBasis).toBeUndefined();
  });

  it('ends with the signal', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    server.answerWith(json(201, { id: '1', status: 'posted' }), () => abort.abort(reason));
    const asking = server.client().ask('Which?', { signal: abort.signal });
    await expect(asking).rejects.toBe(reason);
    await expect(server.client().ask('Which?', { signal: abort.signal })).rejects.toBe(reason);
    expect(server.requests).toHaveLength(2);
  });

  it('a create that does not arrive in time is no task yet: TimeoutError, with all tries counted', async () => {
    server.answerWith(json(503, ''));
    const asking = server.client({ maxRetries: 99 }).ask('Which?', { timeoutMs: 3_000 });
    await expect(asking).rejects.toBeInstanceOf(TimeoutError);
    await expect(asking).rejects.toThrow('could not be sent within 3000 ms');
  });

  it('an output without the text that was asked for is a mismatch', async () => {
    server.answerWith(json(200, { id: '1', status: 'verified', output: { other: 1 } }));
    await expect(server.client().ask('Which?')).rejects.toMatchObject({
      name: 'AnswerMismatchError',
      task: { id: '1' },
      issues: [],
    });
  });
});

describe('what JSON has no form for is refused in words, with its place, before anything is sent', () => {
  const client = new HumanRail({ apiKey: 'ek_test_x', baseUrl: 'http://127.0.0.1:1' });
  const loop: Record<string, unknown> = {};
  loop.again = loop;

  it.each([
    ['a bigint', { amount: 5n }, /^payload\.amount is the bigint 5.*send it as text/],
    ['NaN', { list: [1, Number.NaN] }, /^payload\.list\[1\] is NaN/],
    ['an infinite number', { a: Number.NEGATIVE_INFINITY }, /^payload\.a is -Infinity/],
    [
      'a whole number beyond 2^53',
      { a: { b: 2 ** 53 } },
      /^payload\.a\.b is 9007199254740992.*2\^53/,
    ],
    ['a function', { run: () => 1 }, /^payload\.run is a function/],
    ['undefined in a list', { a: [undefined] }, /^payload\.a\[0\] is undefined.*null/],
    ['a Map', { a: new Map() }, /^payload\.a is a Map/],
    ['bytes', { a: Buffer.from('a') }, /^payload\.a is binary.*base64/],
    ['a promise', { a: Promise.resolve(1) }, /^payload\.a is a promise; await/],
    ['half a character', { a: '\ud800' }, /^payload\.a holds half a character/],
    ['half a character in a key', { '\ud800': 1 }, /^A key of payload holds half/],
    ['what refers to itself', loop, /nests deeper than 256 levels/],
    ['a list', [1], /^payload must be an object/],
    ['a text', 'text', /^payload must be an object/],
  ])('%s', async (_, payload, message) => {
    const asking = client.ask('Which?', { payload: payload as Record<string, unknown> });
    await expect(asking).rejects.toBeInstanceOf(HumanRailError);
    await expect(asking).rejects.toThrow(message);
  });

  it.each([-1, Number.NaN])('a timeout of %s', async (timeoutMs) => {
    await expect(client.ask('Which?', { timeoutMs })).rejects.toThrow(/timeoutMs must be/);
  });
});

it('what JSON can say goes as JSON.stringify writes it', async () => {
  server.answerWith(json(200, { id: '1', status: 'verified', output: { answer: 'a' } }));
  const when = new Date(0);
  await server.client().ask('Which?', { payload: { when, gone: undefined, mole: 6.02214076e23 } });
  expect(server.requests[0]?.body).toMatchObject({
    payload: { question: 'Which?', when: when.toISOString(), mole: 6.02214076e23 },
  });
});
