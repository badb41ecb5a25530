import { fileURLToPath } from 'node:url';

/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The API answers every address itself; a redirect would lose a POST's body.
  skipTrailingSlashRedirect: true,
  // `npm run types` checks them, once, with the tests; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // No page has images that Next would scale; without this, its scaler would have to be installed.
  images: { unoptimized: true },
  // Native or worker-thread modules that a bundle would break, and large ones that the server loads as
  // they are: bundling them for each kind of page took a quarter of the build.
  serverExternalPackages: [
    '@marcbachmann/cel-js',
    '@modelcontextprotocol/server',
    '@node-rs/argon2',
    '@opentelemetry/api',
    '@opentelemetry/core',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace-base',
    '@prisma/adapter-pg',
    '@prisma/client',
    '@trpc/server',
    'ajv',
    'ajv-formats',
    'canonicalize',
    'croner',
    'csv-parse',
    'esbuild',
    'graphql',
    'inngest',
    'ipaddr.js',
    'json-logic-js',
    'nodemailer',
    'pg',
    'pino',
    'prom-client',
    're2js',
    'superjson',
    'ulid',
    'undici',
    'uuid',
    'zod',
  ],
  turbopack: {
    resolveAlias: {
      // The form library brings it for what no form of ours uses: 28 KB, gzipped.
      'markdown-to-jsx/react': './components/task-form/unmarked-text.tsx',
    },
  },
  // A page of the documentation as Markdown, by its ending or by what the caller takes.
  rewrites: async () => ({
    beforeFiles: [
      { source: '/docs/:slug*.md', destination: '/docs/text/:slug*' },
      {
        source: '/docs/:slug+',
        has: [{ type: 'header', key: 'accept', value: '.*text/markdown.*' }],
        destination: '/docs/text/:slug+',
      },
    ],
    afterFiles: [],
    fallback: [],
  }),
  experimental: {
    // A cache for the next build would cost the first one a tenth of its time, and 250 MB.
    turbopackFileSystemCacheForBuild: false,
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/notifications'],
  },
};

/** Compiles the documentation's pages, `docs/pages`. Turbopack takes plugins by name or path only. */
async function withDocs(base) {
  const { default: createMdx } = await import('@next/mdx');
  const withMdx = createMdx({
    options: {
      remarkPlugins: ['remark-gfm', 'remark-frontmatter'],
      rehypePlugins: [
        'rehype-slug',
        fileURLToPath(new URL('./docs/highlight/rehype-highlight.mjs', import.meta.url)),
      ],
    },
  });
  return withMdx(base);
}

/** How Next calls the phase of a server; `next/constants` is not in the published package. */
const SERVER_PHASE = 'phase-production-server';

/** A server has the pages compiled, and in the published package nothing to compile them with. */
export default (phase) => (phase === SERVER_PHASE ? config : withDocs(config));
