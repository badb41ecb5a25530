import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiServer, json } from './api-server.js';
import { killedAndRunAgain } from './ask-crash.js';

const server = new ApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

it('a program that was killed while it waited asks the same again, by the same key', async () => {
  const answered = { id: '01', status: 'verified', output: { approved: true } };
  let creates = 0;
  server.answerWith((response, request) => {
    if (request.method !== 'POST') return undefined;
    creates += 1;
    const body = creates === 1 ? { id: '01', status: 'posted', output: null } : answered;
    return json(200, body)(response, request);
  });
  const { first, second } = await killedAndRunAgain(`${server.origin}/v1`, 'ek_test_x', 'r-1');
  expect(first).toBeUndefined();
  expect(second).toEqual({ id: '01', value: { approved: true } });
  const bodies = server.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  expect(bodies[1]).toEqual(bodies[0]);
});
