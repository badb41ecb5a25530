import { describe, expect, it } from 'vitest';
import { browserName } from './browser-name';
import { ownPath } from './schema';

describe('where a link may lead after signing in', () => {
  it.each(['/dashboard', '/dashboard/tasks?status=posted&q=a%20b#x', '/'])('%s', (path) => {
    expect(ownPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    ' //evil.example',
    'javascript:alert(1)',
    'dashboard',
    '',
    undefined,
    ['/dashboard'],
    `/${'x'.repeat(3_000)}`,
  ])('not %j', (path) => {
    expect(ownPath(path)).toBeNull();
  });

  it('keeps a path that climbs inside this site', () => {
    expect(ownPath('/dashboard/../../x')).toBe('/x');
    expect(ownPath('/x/..//evil.example')).toBeNull();
  });
});

describe('a browser', () => {
  it.each([
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
      'Chrome on macOS',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    ['curl/8.9', 'Unknown browser'],
    ['', 'Unknown browser'],
  ])('%s', (userAgent, name) => {
    expect(browserName(userAgent)).toBe(name);
  });
});
