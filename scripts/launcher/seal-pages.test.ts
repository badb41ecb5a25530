import { expect, test } from 'vitest';
import { sealPage } from './seal-pages';

const integrityOf = (file: string) => `sha256-of ${file}`;

test('each file of code that a page names or fetches ahead is there with its hash, once', () => {
  const sealed = sealPage(
    [
      '<link rel="preload" as="script" href="/_next/static/chunks/a.js"/>',
      '<script src="/_next/static/chunks/b~1.js" async=""></script>',
      '<script src="/_next/static/chunks/c.js" integrity="sha256-known" async=""></script>',
      '<link rel="stylesheet" href="/_next/static/chunks/d.css"/><script>"e.js"</script>',
    ].join(''),
    integrityOf,
  );
  expect(sealed).toBe(
    [
      '<link integrity="sha256-of static/chunks/a.js" rel="preload" as="script" href="/_next/static/chunks/a.js"/>',
      '<script integrity="sha256-of static/chunks/b~1.js" src="/_next/static/chunks/b~1.js" async=""></script>',
      '<script src="/_next/static/chunks/c.js" integrity="sha256-known" async=""></script>',
      '<link rel="stylesheet" href="/_next/static/chunks/d.css"/><script>"e.js"</script>',
    ].join(''),
  );
});

test('a bare page keeps the early script alone', () => {
  const sealed = sealPage(
    [
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/>',
      '<script src="/_next/static/chunks/b.js" async=""></script><script>early()</script>',
      '<div class="page" data-bare="true"><button>Copy</button></div>',
      '<script id="_R_">flight()</script><script src="/_next/static/chunks/c.js" async=""></script>',
    ].join(''),
    integrityOf,
  );
  expect(sealed).toBe(
    '<script>early()</script><div class="page" data-bare="true"><button>Copy</button></div>',
  );
});

test('a page that is alive later names its code with its hash, and fetches none of it', () => {
  const sealed = sealPage(
    [
      '<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/a.js"/>',
      '<script src="/_next/static/chunks/b.js" async=""></script><script>early()</script>',
      '<script src="/_next/static/chunks/old.js" noModule=""></script>',
      '<div class="frame" data-later="true"><script>page()</script></div>',
      '<script>flight()</script><script src="/_next/static/chunks/c.js" id="_R_" async=""></script>',
    ].join(''),
    integrityOf,
  );
  expect(sealed).toBe(
    [
      '<script integrity="sha256-of static/chunks/b.js" type="text/plain" data-late="/_next/static/chunks/b.js" async=""></script><script>early()</script>',
      '<div class="frame" data-later="true"><script>page()</script></div>',
      '<script>flight()</script><script integrity="sha256-of static/chunks/c.js" type="text/plain" data-late="/_next/static/chunks/c.js" id="_R_" async=""></script>',
    ].join(''),
  );
});
