import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  ConnectionError,
  HumanRailError,
  InsufficientFundsError,
  InternalError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  ValidationError,
} from '../src/index.js';
import { isRetryable, parseRetryAfter, retryDelayMs } from '../src/retry.js';
import { type Answer, ApiServer, json, reset } from './api-server.js';
import { conformanceCases } from './conformance-cases.js';
import { fastClock } from './fast-clock.js';

type AnswerCase = number | 'reset' | { status: number; code?: string; retry_after?: string };

interface SequenceCase {
  name: string;
  max_retries?: number;
  answers: AnswerCase[];
  requests: number;
  ends: number | 'connection_error';
}

interface RetryCases {
  now: number;
  retryable: { status: number; code: string | null; retry: boolean }[];
  delays: { retry: number; retry_after_seconds: number | null; random: number; delay_ms: number }[];
  retry_after: { header: string | null; seconds: number | null }[];
  sequences: SequenceCase[];
}

interface ErrorCase {
  name: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
  expect: Record<string, unknown> & { class: string };
}

const classes = {
  AuthenticationError,
  AuthorizationError,
  ConflictError,
  HumanRailError,
  InsufficientFundsError,
  InternalError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  ValidationError,
};

const retries = conformanceCases<RetryCases>('retries');
const errors = conformanceCases<{ cases: ErrorCase[] }>('errors').cases;

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

it.each(retries.retryable)('an answer $status ($code) is tried again: $retry', (one) => {
  expect(isRetryable(one.status, one.code ?? undefined)).toBe(one.retry);
});

it.each(retries.delays)(
  'retry $retry, Retry-After $retry_after_seconds, random $random: $delay_ms ms',
  (one) => {
    const delayMs = retryDelayMs(one.retry, one.retry_after_seconds ?? undefined, one.random);
    expect(delayMs).toBe(one.delay_ms);
  },
);

it.each(retries.retry_after)('Retry-After $header is $seconds seconds', (one) => {
  expect(parseRetryAfter(one.header, retries.now * 1000) ?? null).toBe(one.seconds);
});

function answerOf(one: AnswerCase): Answer {
  if (one === 'reset') return reset;
  const { status, code, retry_after } = typeof one === 'number' ? { status: one } : one;
  const body = status < 300 ? { id: '1', status: 'posted' } : { error: { code, message: 'no' } };
  return json(status, body, retry_after === undefined ? {} : { 'retry-after': retry_after });
}

describe('a create against a server that fails', () => {
  fastClock(50);
  it.concurrent.each(retries.sequences)('$name', async (one) => {
    const own = await new ApiServer().start();
    own.answerWith(...one.answers.map(answerOf));
    const client = own.client({ maxRetries: one.max_retries });
    const outcome = await client.tasks.create({ type: 't', payload: {} }).then(
      () => 201,
      (error: unknown) => {
        if (!(error instanceof HumanRailError)) throw error;
        return error.status ?? (error instanceof ConnectionError ? 'connection_error' : error);
      },
    );
    expect(outcome).toBe(one.ends);
    expect(own.requests).toHaveLength(one.requests);
    const keys = new Set(own.requests.map((request) => request.headers['idempotency-key']));
    expect(keys.size).toBe(1);
    expect(keys.has(undefined)).toBe(false);
    await own.stop();
  });
});

describe('an answer becomes the error of its status', () => {
  it.each(errors)('$status, $name: $expect.class', async (one) => {
    server.answerWith(json(one.status, one.body, one.headers));
    const error = await server
      .client({ maxRetries: 0 })
      .tasks.get('1')
      .catch((caught: unknown) => caught);
    const { class: className, ...facts } = one.expect;
    expect(error).toBeInstanceOf(classes[className as keyof typeof classes]);
    expect((error as Error).name).toBe(className);
    const { status, type, code, param, details, docUrl, requestId, message, retryAfterSeconds } =
      error as HumanRailError;
    const found = {
      status,
      type: type ?? null,
      code: code ?? null,
      param: param ?? null,
      details: details ?? null,
      doc_url: docUrl ?? null,
      request_id: requestId ?? null,
      message,
      retry_after_seconds: retryAfterSeconds ?? null,
    };
    expect(found).toMatchObject(facts);
    expect(message.length).toBeGreaterThan(0);
  });

  it('tells what is missing when there is no money', async () => {
    const details = { available_sats: 10, required_sats: 550 };
    server.answerWith(json(402, { error: { message: 'Top up.', details } }));
    const error = await server
      .client()
      .balance.get()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ availableSats: 10, requiredSats: 550 });
  });
});
