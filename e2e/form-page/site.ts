import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { build } from 'esbuild';

const ENTRY = 'e2e/form-page/page.tsx';
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface FormSite {
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves the worker's form on a page of its own, from a fresh bundle, on a free port. Its security
 * headers come from the product's own proxy, so the form runs under the same policy.
 * @throws Error if the bundle cannot be created.
 */
export async function startFormSite(): Promise<FormSite> {
  const folder = mkdtempSync(join(tmpdir(), 'humanrail-form-page-'));
  await bundle(folder);
  const headersOf = await productHeaders(folder);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/') {
      const asked = headersOf(`http://${request.headers.host}/work/tasks/form`);
      void asked.then((headers) => servePage(headers, response));
    } else if (path.startsWith('/assets/')) serveFile(join(folder, path.slice(8)), response);
    else serveFile(join('public', path), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function bundle(folder: string): Promise<void> {
  await build({
    entryPoints: { page: ENTRY },
    outdir: folder,
    bundle: true,
    format: 'esm',
    splitting: true,
    minify: true,
    target: 'es2022',
    publicPath: '/assets',
    loader: { '.woff2': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    // Directives for Next; here all files run in the browser.
    logOverride: { 'unsupported-directive': 'silent' },
    logLevel: 'warning',
  });
}

/** The headers of the product's proxy; bundled, because it is written for Next's bundler. */
async function productHeaders(folder: string): Promise<(url: string) => Promise<Headers>> {
  const outfile = join(folder, 'proxy.cjs');
  await build({
    stdin: {
      contents: `import { NextRequest } from 'next/server';
        import { proxy } from '@/proxy';
        export const headersOf = async (url) => (await proxy(new NextRequest(url))).headers;`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  const module = (await import(outfile)) as { headersOf: (url: string) => Promise<Headers> };
  return module.headersOf;
}

function servePage(headers: Headers, response: ServerResponse): void {
  const policy = headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  if (!nonce) throw new Error(`The product's policy has no nonce: ${policy}`);
  for (const [name, value] of headers) {
    if (!name.startsWith('x-middleware-')) response.setHeader(name, value);
  }
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(`<!doctype html>
<html lang="en" data-mantine-color-scheme="light">
<head>
<title>The worker's form</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/page.css" nonce="${nonce}">
<script type="module" src="/assets/page.js" nonce="${nonce}"></script>
</head>
<body><div id="form-page"></div></body>
</html>
`);
}

function serveFile(path: string, response: ServerResponse): void {
  const type = TYPES[extname(path)];
  if (!type) {
    response.writeHead(404).end();
    return;
  }
  try {
    const body = readFileSync(path);
    response.writeHead(200, {
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}
