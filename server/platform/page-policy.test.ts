import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashSource, pagePolicy, trustedIn } from './page-policy';

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('what a built page consists of', () => {
  test('inline scripts and styles by the hash of exactly their text', () => {
    const flight = 'self.__next_f.push([1,"a<b \\u003c/script>\\n"])';
    const html = `<style>:root{--a:'b'}</style><script>${flight}</script><script id="x">\n1\n</script>`;
    expect(trustedIn(html)).toEqual({
      scripts: [sha256(flight), sha256('\n1\n')],
      styles: [sha256(":root{--a:'b'}")],
    });
  });

  test('files by their integrity, and none without', () => {
    const html =
      '<script src="/a.js" async="" integrity="sha256-abc="></script><script src="/b.js" noModule=""></script>';
    expect(trustedIn(html)).toEqual({ scripts: ["'sha256-abc='"], styles: [] });
  });

  test('what stands there twice is named once', () => {
    expect(trustedIn('<script>1</script><script>1</script>').scripts).toEqual([hashSource('1')]);
  });
});

test('no policy lets inline scripts or styles in that it does not name', () => {
  const policy = pagePolicy({ scripts: [hashSource('1')], styles: [hashSource('2')] });
  const directives = new Map(
    policy.split('; ').map((each) => [each.split(' ')[0], each.split(' ').slice(1)]),
  );
  expect(directives.get('script-src')).toEqual(["'self'", sha256('1'), "'strict-dynamic'"]);
  expect(directives.get('style-src')).toEqual(["'self'", sha256('2')]);
  for (const name of ['default-src', 'script-src', 'style-src'])
    expect(directives.get(name)?.join(' ')).not.toMatch(/unsafe/);
});
