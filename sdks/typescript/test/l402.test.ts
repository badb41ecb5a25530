import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { millisatsIn } from '../src/l402/invoice.js';
import { L402, type L402Challenge, type L402Error } from '../src/l402.js';
import { type Answer, ApiServer, json } from './api-server.js';
import { fastClock } from './fast-clock.js';
import { answerOf, cases, classes, failureOf, params, paying } from './l402-cases.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

function expectNoSecret(shown: string): void {
  expect(shown).not.toMatch(new RegExp(cases.preimage, 'i'));
  expect(shown).not.toContain(cases.macaroon);
}

it.each(cases.invoices)('$invoice asks for $millisats millisats', ({ invoice, millisats }) => {
  expect(millisatsIn(invoice) ?? null).toBe(millisats);
});

describe('a create that is paid for', () => {
  const delays = fastClock(50);

  it.each(cases.creates)('$name', async (one) => {
    server.answerWith(...one.answers.map(answerOf));
    let payments = 0;
    const pay = async (asked: L402Challenge) => {
      payments += 1;
      expect(asked).toMatchObject({ amountSats: 105, payoutSats: 100, feeSats: 5 });
      if (one.pay === null) throw new Error('no route');
      return one.pay;
    };
    const l402 = new L402({ maxSats: one.max_sats, pay });
    const client = paying(server, l402, { maxRetries: one.max_retries });
    delays.length = 0;
    const call = client.tasks.create(params, { l402Token: one.token });
    if (one.error === null) {
      const { id } = await call;
      expect(id).toBe(cases.task_id);
      expect(l402.tokenFor(id)).toBe(cases.token);
    } else {
      const failure = await failureOf(call);
      expect(failure.constructor).toBe(classes[one.error.class as keyof typeof classes]);
      expect(failure.status ?? null).toBe(one.error.status);
      expect(failure.code ?? null).toBe(one.error.code);
      expect(failure.message).toContain(one.error.says);
      const { token, challenge: asked } = failure as Partial<L402Error>;
      expect(token).toBe(one.error.paid ? cases.token : undefined);
      expect(asked !== undefined).toBe(one.error.challenge);
      expectNoSecret(inspect(failure, { depth: 9, showHidden: true }) + JSON.stringify(failure));
    }
    expectNoSecret(inspect([client, l402], { depth: 9 }));

    expect(payments).toBe(one.payments);
    const { requests } = server;
    expect(requests.map(({ headers }) => headers.authorization ?? null)).toEqual(
      one.authorizations,
    );
    for (const { method, path, body, headers } of requests) {
      expect({ method, path }).toEqual({ method: 'POST', path: '/v1/tasks' });
      expect(body).toEqual(requests[0]?.body);
      expect(headers['idempotency-key']).toBe(requests[0]?.headers['idempotency-key']);
    }
    const leastWaitMs = (one.least_wait_seconds ?? 0) * 1000;
    expect(Math.max(0, ...delays.filter((delay) => delay < 60_000))).toBeGreaterThanOrEqual(
      leastWaitMs,
    );
  });
});

describe('with the token of a task', () => {
  it.each(cases.calls)('$call: $name', async (one) => {
    server.answerWith(json(one.response.status, one.response.body));
    const l402 = new L402();
    const client = paying(server, l402);
    l402.useToken(cases.task_id, cases.token);
    const calls: Record<string, () => Promise<unknown>> = {
      'tasks.get': () => client.tasks.get(one.id, one.params),
      'tasks.events': () => client.tasks.events(one.id),
      'tasks.cancel': () => client.tasks.cancel(one.id),
      'l402.purchase': () => l402.purchase(one.id),
      'l402.purchase_by_token': () => l402.purchaseByToken(one.id),
    };
    const result = await calls[one.call]?.();
    const [seen] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(seen).toMatchObject(one.request);
    expect(seen?.headers.authorization).toBe(cases.authorization);
    expect(result).toEqual(camelCased(one.result));
  });

  it('its events come as a stream, over a connection that breaks', async () => {
    const event = (sequence: number, status: string) =>
      `id: ${sequence}\ndata: ${JSON.stringify({ sequence, type: `task.${status}`, status })}\n\n`;
    const stream =
      (text: string): Answer =>
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(text, () => response.destroy());
      };
    server.answerWith(stream(event(1, 'posted')), stream(event(2, 'expired')));
    const l402 = new L402();
    l402.useToken(cases.task_id, cases.token);
    const sequences: number[] = [];
    for await (const { sequence } of paying(server, l402).tasks.streamEvents(cases.task_id)) {
      sequences.push(sequence);
    }
    expect(sequences).toEqual([1, 2]);
    for (const { headers } of server.requests) {
      expect(headers.authorization).toBe(cases.authorization);
    }
  });

  it.each(cases.refused)('not $call: $says', async (one) => {
    server.answerWith(json(200, {}));
    const l402 = new L402();
    const client = paying(server, l402);
    l402.useToken(cases.task_id, cases.token);
    const calls: Record<string, () => Promise<unknown>> = {
      'tasks.list': async () => client.tasks.list(),
      'tasks.receipt': () => client.tasks.receipt(one.id ?? ''),
      'balance.get': () => client.balance.get(),
      'tasks.get': () => client.tasks.get(one.id ?? ''),
      'tasks.cancel': () => client.tasks.cancel(one.id ?? ''),
      'l402.purchase': () => l402.purchase(one.id ?? ''),
      'l402.purchase_by_token': () => l402.purchaseByToken(one.id ?? ''),
    };
    const failure = await failureOf((calls[one.call] as () => Promise<unknown>)());
    expect(failure.message).toContain(one.says);
    expect(server.requests).toHaveLength(0);
  });
});

function camelCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCased);
  if (typeof value !== 'object' || value === null) return value;
  const camel = (key: string) => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [camel(key), camelCased(inner)]),
  );
}
