import { NextRequest } from 'next/server';
import { describe, expect, it } from 'vitest';
import { ownUrl, readAuthRequest } from './auth-request';

const BASE = 'http://localhost:3000';

describe('an address to return to after signing in', () => {
  it.each([
    ['/dashboard?a=1', `${BASE}/dashboard?a=1`],
    [`${BASE}/work`, `${BASE}/work`],
    ['dashboard', `${BASE}/dashboard`],
  ])('is on this site: %s', (text, whole) => {
    expect(ownUrl(text, BASE)).toBe(whole);
  });

  it.each([
    'http://localhost:3000.evil.example',
    'http://localhost:3000@evil.example',
    'http://[',
    '//evil.example',
    '/\\evil.example',
    'https://localhost:3000',
    'javascript:alert(1)',
    'http://localhost:99999',
  ])('is not %s', (text) => {
    expect(ownUrl(text, BASE)).toBeNull();
  });
});

describe('what next-auth is given', () => {
  const post = (body: string, type = 'application/json') =>
    readAuthRequest(
      new NextRequest(
        `${BASE}/api/auth/signin/credentials?callbackUrl=http://localhost:3000.evil.example`,
        {
          method: 'POST',
          headers: { 'content-type': type },
          body,
        },
      ),
    );

  it('names no place to return to that it would fail on', async () => {
    const read = await post('{}');
    expect(read.nextUrl.searchParams.has('callbackUrl')).toBe(false);
    const kept = await readAuthRequest(new NextRequest(`${BASE}/api/auth/csrf?callbackUrl=/work`));
    expect(kept.nextUrl.searchParams.get('callbackUrl')).toBe('/work');
  });

  it('is a form of texts, from JSON as from a form', async () => {
    const json = await post('{"email": "a@b.c", "json": true}');
    expect(await json.text()).toBe('email=a%40b.c&json=true');
    const form = await post('email=a%40b.c&json=true', 'application/x-www-form-urlencoded');
    expect(await form.text()).toBe('email=a%40b.c&json=true');
  });

  it.each([
    ['{', 400],
    ['null', 400],
    ['[]', 400],
    ['5', 400],
    ['{"email": {"a": 1}}', 400],
    ['{"callbackUrl": 5}', 400],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 400],
    [`{"email": "${'x'.repeat(1024 * 1024)}"}`, 413],
  ])('is refused in words where it is something else: %.30s', async (body, status) => {
    await expect(post(body)).rejects.toMatchObject({ status });
  });

  it('is refused in a type that it cannot be read from', async () => {
    await expect(post('a', 'text/plain')).rejects.toMatchObject({ status: 415 });
  });
});
