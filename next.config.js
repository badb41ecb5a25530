/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  // The API answers every address itself; a redirect would lose a POST's body.
  skipTrailingSlashRedirect: true,
  // `npm run types` checks them, once, with the tests; a start need not wait for it again.
  typescript: { ignoreBuildErrors: true },
  // Native or worker-thread modules that a bundle would break.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'esbuild',
    'inngest',
    'pg',
    'pino',
    'undici',
  ],
  experimental: {
    optimizePackageImports: ['@mantine/core', '@mantine/hooks', '@mantine/notifications'],
  },
};

export default config;
