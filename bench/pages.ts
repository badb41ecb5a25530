import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { db } from '@/server/platform/db';
import { sessionCookie } from '@/server/testing/session-cookie';
import { withOwnInstance } from './own-instance';

/**
 * Measures the gzipped JavaScript of each page's first view: `npm run bench:pages`. Opens each page
 * of the production build as the demo's users and adds up the scripts in its HTML; scripts loaded
 * later, such as charts and editors, do not count. Fails over the budget.
 */
/** React and Next's router take 131 KB of it, which we cannot reduce. */
const BUDGET_KB = 240;
/** The pages without React, and those that load it on first use. */
const withoutReact = (path: string) => path === '/' || path.startsWith('/docs');
const budgetOf = (path: string) => (withoutReact(path) ? 0 : path === '/sign-in' ? 150 : BUDGET_KB);
const FOLDER = 'bench/results';

const PAGES: { role: 'customer' | 'worker' | 'operator' | null; path: string }[] = [
  ...[
    '/',
    '/sign-in',
    '/sign-up',
    '/docs/quickstart',
    '/docs/schemas-and-forms',
    '/docs/api/tasks',
  ].map((path) => ({ role: null, path })),
  ...[
    '/dashboard',
    '/dashboard/tasks',
    '/dashboard/insight',
    '/dashboard/playground',
    '/dashboard/reviews',
    '/dashboard/task-types',
    '/dashboard/task-types/sentiment_analysis',
    '/dashboard/people',
    '/dashboard/billing',
    '/dashboard/settings/api-keys',
    '/dashboard/settings/webhooks',
    '/dashboard/settings/team',
    '/dashboard/settings/audit',
    '/account',
  ].map((path) => ({ role: 'customer' as const, path })),
  ...[
    '/work',
    '/work/earnings',
    '/work/history',
    '/work/standing',
    '/work/settings',
    '/work/onboarding',
  ].map((path) => ({ role: 'worker' as const, path })),
  ...['/ops', '/ops/reviews', '/ops/payouts/rails', '/ops/system', '/ops/settings'].map((path) => ({
    role: 'operator' as const,
    path,
  })),
];

interface PageSize {
  path: string;
  scripts: number;
  gzipKb: number;
  rawKb: number;
}

const sizes = new Map<string, { gzip: number; raw: number }>();

/** The size of a script of the build, by its address. */
function sizeOf(address: string): { gzip: number; raw: number } {
  const known = sizes.get(address);
  if (known) return known;
  const file = decodeURIComponent(address.replace(/^\/_next\//, '').replace(/\?.*$/, ''));
  const bytes = readFileSync(join('.next', file));
  const size = { gzip: gzipSync(bytes, { level: 9 }).length, raw: bytes.length };
  sizes.set(address, size);
  return size;
}

async function measure(url: string, path: string, cookie: string): Promise<PageSize> {
  const response = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
  if (response.status !== 200) throw new Error(`${path} was answered ${response.status}, not 200.`);
  const html = await response.text();
  const scripts = new Set(
    [...html.matchAll(/<script[^>]+src="(\/_next\/[^"]+\.js[^"]*)"[^>]*>/g)]
      // Only old browsers load these.
      .filter(([tag]) => !/nomodule/i.test(tag))
      .map(([, address = '']) => address),
  );
  if (scripts.size === 0 && !withoutReact(path)) {
    throw new Error(`${path} has no scripts; there is nothing to measure.`);
  }
  const own = [...scripts].map(sizeOf);
  const kb = (read: (size: { gzip: number; raw: number }) => number) =>
    Math.round(own.reduce((sum, size) => sum + read(size), 0) / 102.4) / 10;
  return {
    path,
    scripts: scripts.size,
    gzipKb: kb(({ gzip }) => gzip),
    rawKb: kb(({ raw }) => raw),
  };
}

async function cookieOf(email: string): Promise<string> {
  const user = await db.user.findUniqueOrThrow({ where: { email } });
  return sessionCookie(user.id);
}

async function main(): Promise<void> {
  const results: PageSize[] = [];
  await withOwnInstance({ WEB_PROCESSES: '1' }, async ({ runtime, facts }) => {
    for (const { role, path } of PAGES) {
      const account = facts.signIns.find((each) => each.role === role);
      results.push(await measure(runtime.url, path, account ? await cookieOf(account.email) : ''));
    }
  });
  const widest = Math.max(...results.map(({ path }) => path.length));
  console.log(`\n${'page'.padEnd(widest)}  scripts  gzip KB   raw KB`);
  for (const { path, scripts, gzipKb, rawKb } of results) {
    const over = gzipKb > budgetOf(path) ? '  over the budget' : '';
    console.log(
      `${path.padEnd(widest)}  ${String(scripts).padStart(7)}  ${gzipKb.toFixed(1).padStart(7)}  ${rawKb.toFixed(1).padStart(7)}${over}`,
    );
  }
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `pages-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(
    file,
    `${JSON.stringify(
      results.map((page) => ({ ...page, budgetKb: budgetOf(page.path) })),
      null,
      2,
    )}\n`,
  );
  console.log(`\nAs JSON: ${file}`);
  const over = results.filter(({ path, gzipKb }) => gzipKb > budgetOf(path));
  if (over.length > 0) {
    throw new Error(`Over the budget: ${over.map(({ path }) => path).join(', ')}.`);
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
