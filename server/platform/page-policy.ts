import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processWide } from './process-wide';

/** What of a page may run and style it, as sources of a Content-Security-Policy. */
export interface Trusted {
  scripts: readonly string[];
  styles: readonly string[];
}

/**
 * The security policy of a page. Scripts run only if they are trusted, or fetched by one that is, so that text which
 * slips into a page cannot become code. Style attributes are allowed: the components set sizes and colours with them.
 * @param isDevelopment the server compiles in the browser, brings styles as it likes, and tells of changes by a socket.
 */
export function pagePolicy({ scripts, styles }: Trusted, isDevelopment = false): string {
  return [
    "default-src 'self'",
    // 'self' is for browsers that do not know 'strict-dynamic'; others ignore it.
    `script-src ${["'self'", ...scripts, "'strict-dynamic'"].join(' ')}${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src ${["'self'", ...(isDevelopment ? ["'unsafe-inline'"] : styles)].join(' ')}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // Sounds and films of payloads: by our own address, or inside the payload.
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

/** The source that a text is trusted by, wherever it stands. */
export function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** What a page that was built ahead consists of: each inline text by its hash, each file by its `integrity`. */
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

/** The paths of the pages that the build has made ahead; none where nothing was built. */
async function readPaths(): Promise<ReadonlySet<string>> {
  const file = join(built(), 'prerender-manifest.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{"routes":{}}';
    throw error;
  });
  const { routes } = JSON.parse(text) as { routes: Record<string, { dataRoute: string | null }> };
  // Without such a route it is no page, but an icon or a text.
  return new Set(Object.keys(routes).filter((path) => routes[path]?.dataRoute));
}

/**
 * The policy of a page that the build has made ahead, such as `/docs/quickstart`; null for any other path. Files are read
 * once: they stay while the process runs.
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
  // A page that only leads on to another has no file.
  const policy = readFile(file, 'utf8').then(
    (html) => pagePolicy(trustedIn(html)),
    () => null,
  );
  policies.set(path, policy);
  return policy;
}
