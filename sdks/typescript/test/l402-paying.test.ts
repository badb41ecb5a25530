import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HumanRailError } from '../src/index.js';
import { L402, type L402Challenge, type L402Error } from '../src/l402.js';
import { ApiServer, json } from './api-server.js';
import { cases, challenge, created, failureOf, params, paying } from './l402-cases.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

const pays = () => cases.preimage;

describe('paying', () => {
  it('of two creates at once is done for each', async () => {
    const isPaid = (headers: Record<string, unknown>) => headers.authorization !== undefined;
    let tasks = 0;
    server.answerWith((response, request) => {
      if (!isPaid(request.headers)) return challenge(response, request);
      tasks += 1;
      return json(201, { id: `task-${tasks}`, status: 'posted' })(response, request);
    });
    let payments = 0;
    const l402 = new L402({
      maxSats: 105,
      pay: async () => {
        payments += 1;
        return cases.preimage;
      },
    });
    const client = paying(server, l402);
    const both = await Promise.all([client.tasks.create(params), client.tasks.create(params)]);
    expect(payments).toBe(2);
    expect(both.map(({ id }) => l402.tokenFor(id))).toEqual([cases.token, cases.token]);
  });

  it('sends what was asked about, also where the caller changes it meanwhile', async () => {
    server.answerWith(challenge, created);
    const payload = { content: 'as asked' };
    const pay = () => {
      payload.content = 'changed';
      return cases.preimage;
    };
    await paying(server, new L402({ maxSats: 105, pay })).tasks.create({ type: 't', payload });
    expect(server.requests[1]?.body).toEqual({ type: 't', payload: { content: 'as asked' } });
  });

  it('is proven even where the caller ends the call while it is under way', async () => {
    server.answerWith(challenge, created);
    const abort = new AbortController();
    const reason = new Error('enough');
    const pay = () => {
      abort.abort(reason);
      return cases.preimage;
    };
    const call = paying(server, new L402({ maxSats: 105, pay })).tasks.create(params, {
      signal: abort.signal,
    });
    expect(await failureOf(call)).toMatchObject({ token: cases.token, cause: reason });
    expect(server.requests).toHaveLength(1);
  });

  it('does not begin where the caller has ended the call', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const payments: string[] = [];
    server.answerWith(async (response, request) => {
      await challenge(response, request);
      response.once('finish', () => abort.abort(reason));
    });
    const pay = ({ invoice }: L402Challenge) => {
      payments.push(invoice);
      return cases.preimage;
    };
    const call = paying(server, new L402({ maxSats: 105, pay })).tasks.create(params, {
      signal: abort.signal,
    });
    await expect(call).rejects.toBe(reason);
    expect(payments).toEqual([]);
  });

  it('can be done by hand: the challenge of the error makes the token', async () => {
    server.answerWith(challenge, created);
    const client = paying(server, new L402());
    const failure = (await failureOf(client.tasks.create(params))) as L402Error;
    const l402Token = failure.challenge?.token(cases.preimage);
    expect(l402Token).toBe(cases.token);
    expect((await client.tasks.create(params, { l402Token })).id).toBe(cases.task_id);
  });

  it('serves a question too, and asking it again with the token finds the task', async () => {
    const body = { id: cases.task_id, status: 'verified', output: { answer: 'yes' } };
    server.answerWith(challenge, json(201, body));
    const l402 = new L402({ maxSats: 105, pay: pays });
    const { value, task } = await paying(server, l402).ask('Is it?');
    expect(value).toBe('yes');
    server.answerWith(json(200, body));
    const again = await paying(server, new L402()).ask('Is it?', {
      l402Token: l402.tokenFor(task.id),
    });
    expect(again.task.id).toBe(task.id);
    expect(server.requests[0]?.headers.authorization).toBe(cases.authorization);
  });
});

describe('a client that pays', () => {
  it.each([
    ['no limit', () => new L402({ pay: pays })],
    ['a limit of nothing', () => new L402({ maxSats: 0, pay: pays })],
    ['half a sat', () => new L402({ maxSats: 0.5, pay: pays })],
    ['a limit that is none', () => new L402({ maxSats: Number.NaN, pay: pays })],
    ['a wallet that is no function', () => new L402({ maxSats: 5, pay: 'wallet' as never })],
    ['a key besides', () => paying(server, new L402(), { apiKey: 'ek_test_x' })],
    [
      'an L402 of another client',
      () => {
        const l402 = new L402();
        paying(server, l402);
        paying(server, l402);
      },
    ],
  ])('is not made with %s', (_, make) => {
    expect(make).toThrow(HumanRailError);
  });

  it('does not take the key of the environment', async () => {
    const before = process.env.HUMANRAIL_API_KEY;
    process.env.HUMANRAIL_API_KEY = 'ek_live_env';
    try {
      server.answerWith(challenge, created);
      await paying(server, new L402({ maxSats: 105, pay: pays })).tasks.create(params);
      expect(server.requests[0]?.headers.authorization).toBeUndefined();
    } finally {
      if (before === undefined) delete process.env.HUMANRAIL_API_KEY;
      else process.env.HUMANRAIL_API_KEY = before;
    }
  });

  it('has no use for a token where it has a key, and does not pay by that', async () => {
    server.answerWith(created);
    const call = server.client().tasks.create(params, { l402Token: cases.token });
    expect((await failureOf(call)).message).toContain('l402Token is for');
    expect(server.requests).toHaveLength(0);
  });

  it('tells an L402 that belongs to no client', async () => {
    const failure = await failureOf(new L402().purchaseByToken(cases.token));
    expect(failure.message).toContain('belongs to no client');
  });
});
