import { afterEach, describe, expect, it } from 'vitest';
import { env } from '@/server/platform/env';
import { useTestDatabase } from '@/server/testing/database';
import { ask } from '@/server/testing/mounted';

useTestDatabase();

const before = { ...env };
afterEach(() => Object.assign(env, before));

async function read(authorization?: string, more: Record<string, string> = {}) {
  const headers: Record<string, string> = authorization ? { authorization, ...more } : more;
  const response = await ask(new Request('http://localhost/metrics', { headers }));
  return { status: response.status, text: await response.text() };
}

describe('the metrics of an instance', () => {
  it('are open while only this machine is served', async () => {
    const { status, text } = await read();
    expect([status, text.includes('process_uptime_seconds')]).toEqual([200, true]);
  });

  it.each([{ HOST: '0.0.0.0' }, { PUBLIC_URL: 'https://rail.example.com' }])(
    'are closed with %j and no token',
    async (given) => {
      Object.assign(env, given);
      const { status, text } = await read();
      expect([status, JSON.parse(text).error.code]).toEqual([401, 'invalid_metrics_token']);
    },
  );

  it('are closed to whom a proxy on this machine lets in from elsewhere', async () => {
    expect((await read(undefined, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(401);
  });

  it('are open to the bearer of METRICS_TOKEN alone, once it is set', async () => {
    env.METRICS_TOKEN = 'a-token-of-the-operator';
    expect((await read('Bearer a-token-of-the-operator')).status).toBe(200);
    for (const wrong of [undefined, 'Bearer a-token', 'Basic a-token-of-the-operator', 'Bearer ']) {
      expect((await read(wrong)).status).toBe(401);
    }
  });
});
