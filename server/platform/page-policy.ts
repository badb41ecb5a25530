import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processWide } from './process-wide';

/** A page's trusted scripts and styles, as CSP sources. */
export interface Trusted {
  scripts: readonly string[];
  styles: readonly string[];
}

/**
 * A page's Content-Security-Policy. Scripts only run if they are trusted or loaded by a trusted
 * one, so that injected text cannot execute. Style attributes are allowed, because components set
 * sizes and colours with them.
 * @param isDevelopment the development server compiles in the browser, injects styles, and uses a
 * WebSocket.
 */
export function pagePolicy({ scripts, styles }: Trusted, isDevelopment = false): string {
  return [
    "default-src 'self'",
    // 'self' is for browsers without 'strict-dynamic'; others ignore it.
    `script-src ${["'self'", ...scripts, "'strict-dynamic'"].join(' ')}${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src ${["'self'", ...(isDevelopment ? ["'unsafe-inline'"] : styles)].join(' ')}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Audio and video in payloads: through our own address, or inline.
    "media-src 'self' data:",
    "worker-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws: wss:' : ''}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The CSP source of an inline text. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** The trusted parts of a prerendered page: inline texts by hash, files by their `integrity`. */
export function trustedIn(html: string): Trusted {
  const scripts = new Set<string>();
  for (const [, attributes = '', text = ''] of html.matchAll(
    /<script\b([^>]*)>(.*?)<\/script>/gs,
  )) {
    const integrity = /\bintegrity="([^"]+)"/.exec(attributes)?.[1];
    if (integrity) scripts.add(`'${integrity}'`);
    else if (!/\bsrc=/.test(attributes)) scripts.add(hashSource(text));
  }
  const styles = new Set<string>();
  for (const [, text = ''] of html.matchAll(/<style\b[^>]*>(.*?)<\/style>/gs)) {
    styles.add(hashSource(text));
  }
  return { scripts: [...scripts], styles: [...styles] };
}

const built = () => join(/* turbopackIgnore: true */ process.cwd(), '.next');

/** The paths of prerendered pages; empty without a build. */
async function readPaths(): Promise<ReadonlySet<string>> {
  const file = join(built(), 'prerender-manifest.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{"routes":{}}';
    throw error;
  });
  const { routes } = JSON.parse(text) as { routes: Record<string, { dataRoute: string | null }> };
  // Without such a route it is not a page, but an icon or a text.
  return new Set(Object.keys(routes).filter((path) => routes[path]?.dataRoute));
}

/**
 * The policy of a prerendered page, such as `/docs/quickstart`; null for any other path. Cached,
 * because files do not change while the process runs.
 */
export async function builtPolicy(path: string): Promise<string | null> {
  const paths = await processWide('page-policy.paths', readPaths);
  if (!paths.has(path)) return null;
  const policies = processWide(
    'page-policy.built',
    () => new Map<string, Promise<string | null>>(),
  );
  const known = policies.get(path);
  if (known !== undefined) return known;
  const file = join(built(), 'server/app', `${path === '/' ? '/index' : path}.html`);
  // A page that only redirects has no file.
  const policy = readFile(file, 'utf8').then(
    (html) => pagePolicy(trustedIn(html)),
    () => null,
  );
  policies.set(path, policy);
  return policy;
}
