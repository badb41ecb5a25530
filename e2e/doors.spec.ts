import { connect } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './test';

/** The head of the response to raw bytes. */
function head(baseUrl: string, text: string): Promise<string> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(String(data).split('\r\n\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.write(text);
  });
}

test('the running instance is behind its door', async ({ request, baseURL }) => {
  const url = baseURL ?? '';
  for (const path of ['/', '/mailbox', '/v1/balance', '/api/trpc/accounts.me', '/api/inngest']) {
    const answer = await request.get(path, { headers: { host: 'rebound.evil.example' } });
    expect(answer.status(), path).toBe(421);
    expect((await answer.json()).error.code).toBe('host_not_served');
  }
  const whole = await head(url, `GET ${url}/v1/balance HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  expect(whole).toMatch(/^HTTP\/1\.1 401 /);
  for (const path of ['/', '/v1/balance', '/healthz', '/api/auth/csrf', '/icon.svg']) {
    const answer = await request.get(path);
    expect(answer.headers()['x-content-type-options'], path).toBe('nosniff');
  }
  const long = 'x'.repeat(1024 * 1024 + 1);
  for (const path of ['/sign-in', '/api/auth/signin/credentials']) {
    expect((await request.post(path, { data: long })).status(), path).toBe(413);
  }
});

test('an address to return to that is none does not break signing in', async ({
  request,
  baseURL,
}) => {
  const foreign = `${baseURL}.evil.example`;
  const cookie = `next-auth.callback-url=${encodeURIComponent(foreign)}`;
  const csrf = await request.get(`/api/auth/csrf?callbackUrl=${foreign}`, { headers: { cookie } });
  expect(csrf.status()).toBe(200);
  const { csrfToken } = await csrf.json();
  const signedIn = await request.post('/api/auth/callback/credentials', {
    form: {
      csrfToken,
      callbackUrl: foreign,
      email: 'nobody@example.com',
      password: 'wrong',
      json: 'true',
    },
  });
  expect(signedIn.status()).toBeLessThan(500);
  expect(await signedIn.text()).not.toContain('evil.example');
  const malformed = await request.post('/api/auth/signin/credentials', {
    data: '{',
    headers: { 'content-type': 'application/json' },
  });
  expect(malformed.status()).toBe(400);
});

test('doc_url leads to words about its error', async ({ page, request }) => {
  const { error } = await (await request.get('/v1/balance')).json();
  await page.goto(error.doc_url);
  await expect(page.getByRole('heading', { name: 'invalid_api_key' })).toBeInViewport();
});

test('the keys of receipts are there for everybody, and refuse to be changed', async ({
  request,
}) => {
  const answer = await request.get('/.well-known/humanrail-keys.json');
  expect(answer.status()).toBe(200);
  const { keys } = (await answer.json()) as {
    keys: { algorithm: string; public_key: string; status: string }[];
  };
  expect(keys.map(({ status }) => status)).toEqual(['current']);
  expect(keys[0]?.algorithm).toBe('ed25519');
  expect(Buffer.from(keys[0]?.public_key ?? '', 'base64')).toHaveLength(32);
  expect((await request.delete('/.well-known/humanrail-keys.json')).status()).toBe(405);
});
