/** An environment variable that operators may set. */
export interface EnvironmentVariable {
  name: string;
  /** The default; undefined if it depends on other settings, as described in `meaning`. */
  value?: string;
  /** Sentences, with names and values in backquotes. */
  meaning: string;
  /** Required on an instance with several machines. */
  scaling?: true;
  /** Required in `.env` by `compose.yaml`. */
  compose?: true;
}

interface Group {
  title: string;
  variables: EnvironmentVariable[];
}

/**
 * The list of all variables, from which `.env.example` and the documentation's table are generated
 * (`npm run docs:generate`). `read-env.ts` and the launcher read them.
 */
export const ENVIRONMENT: Group[] = [
  {
    title: 'Where it listens',
    variables: [
      { name: 'PORT', value: '3000', meaning: 'Port of pages and API.' },
      {
        name: 'HOST',
        meaning:
          'Address to listen on. `0.0.0.0` opens it to the network; without it only this machine is served.',
      },
      {
        name: 'PUBLIC_URL',
        scaling: true,
        meaning: 'Public address without a trailing slash. Default: `http://localhost:$PORT`.',
      },
      {
        name: 'ALLOWED_HOSTS',
        meaning:
          'Additional hosts to serve, such as `caddy` or `rail.internal.example`, separated by commas. Requests for hosts other than these, the one of `PUBLIC_URL` and loopback get 421.',
      },
      {
        name: 'TRUSTED_PROXIES',
        meaning:
          'Proxies whose `X-Forwarded-*` headers are trusted: addresses and ranges such as `10.0.0.0/8`, or `loopback`, separated by commas. If not set, the client address is that of the connection.',
      },
      {
        name: 'DATA_DIR',
        value: '.data',
        meaning: 'Folder for all data of an instance.',
      },
      {
        name: 'WEB_PROCESSES',
        meaning: 'Number of app processes, 1 to 64. Default: one per core, at most 8.',
      },
      {
        name: 'APP_SECRET',
        scaling: true,
        compose: true,
        meaning:
          '32 or more characters, the same in every process. Encrypts the secrets of endpoints and rails, and signs sessions and receipts. Default: generated once in `DATA_DIR`.',
      },
    ],
  },
  {
    title: 'Database',
    variables: [
      {
        name: 'DATABASE_URL',
        scaling: true,
        meaning: 'URL of your own PostgreSQL. Default: the embedded server.',
      },
      {
        name: 'DATABASE_POOL_SIZE',
        value: '10',
        meaning: 'Maximum number of connections per process, 1 to 200.',
      },
      {
        name: 'SEED_DEMO',
        meaning:
          'Whether to create a demo organization in a new database: `1` or `0`. Default: only in the embedded database.',
      },
      {
        name: 'POSTGRES_PASSWORD',
        compose: true,
        meaning: 'Password of the PostgreSQL in `compose.yaml`; not used elsewhere.',
      },
    ],
  },
  {
    title: 'Engine',
    variables: [
      {
        name: 'INNGEST_BASE_URL',
        scaling: true,
        meaning:
          'Address of your own Inngest server; requires both keys below. Default: the embedded engine, unless `INNGEST_DEV` is set.',
      },
      {
        name: 'INNGEST_EVENT_API_BASE_URL',
        meaning:
          'Address for events, if different from `INNGEST_BASE_URL`: `https://inn.gs` of Inngest Cloud.',
      },
      {
        name: 'INNGEST_EVENT_KEY',
        scaling: true,
        compose: true,
        meaning:
          'Key for sending events: letters, digits, `-`, `_`, `.` and `~`. Default: generated in `DATA_DIR` for the embedded engine.',
      },
      {
        name: 'INNGEST_SIGNING_KEY',
        scaling: true,
        compose: true,
        meaning:
          'Signing key shared by app and engine: an even number of hexadecimal digits, 16 or more. Default: generated in `DATA_DIR` for the embedded engine.',
      },
      {
        name: 'INNGEST_SERVE_ORIGIN',
        meaning:
          'Address at which the engine calls the app. Default: this machine’s address for the embedded engine and a dev server, else `PUBLIC_URL`. Never derived from a request.',
      },
      {
        name: 'INNGEST_DEV',
        meaning:
          'Inngest dev server on this machine: `http://127.0.0.1:8288`. It does not sign requests, so the app accepts unsigned job calls from this machine, and `HOST` must be loopback. For development only.',
      },
      {
        name: 'ENGINE_PORT',
        value: '8288',
        meaning: 'First port tried for the embedded engine.',
      },
    ],
  },
  {
    title: 'Requests and money',
    variables: [
      {
        name: 'WEBHOOKS_ALLOW_PRIVATE',
        meaning:
          'Whether webhooks may go to loopback and private addresses: `1` or `0`. By default only allowed with the embedded database and if only this machine is served (`HOST` and `PUBLIC_URL` are loopback).',
      },
      {
        name: 'MEDIA_ALLOW_PRIVATE',
        meaning:
          'The same for media in payloads (images, PDFs, audio, video), with the same default.',
      },
      {
        name: 'RATE_LIMIT_PER_MINUTE',
        value: '6000',
        meaning: 'Requests per minute and API key.',
      },
      {
        name: 'PLATFORM_FEE_BPS',
        value: '1000',
        meaning: 'Platform fee in basis points of the workers’ pay, 0 to 10,000.',
      },
      {
        name: 'PLATFORM_FEE_MIN_SATS',
        value: '0',
        meaning: 'Minimum platform fee of a paid task in sats, 0 to 1,000,000.',
      },
      {
        name: 'SATS_PER_USD',
        value: '1000',
        meaning:
          'Sats per US dollar, an integer, for older clients’ requests priced in USD, if no bitcoin price is available (`/ops/settings`). Prices in BTC are exact.',
      },
    ],
  },
  {
    title: 'Rails',
    variables: [
      {
        name: 'RAIL_LNBITS_URL',
        meaning:
          'Address of an LNbits server whose wallet pays workers, such as `https://lnbits.example.com`. Rails can also be set up at `/ops/payouts/rails`.',
      },
      { name: 'RAIL_LNBITS_ADMIN_KEY', meaning: 'Admin key of that wallet.' },
      {
        name: 'RAIL_LND_URL',
        meaning:
          'Address of the REST listener of an LND node that pays workers, such as `https://lnd.example.com:8080`.',
      },
      {
        name: 'RAIL_LND_MACAROON',
        meaning:
          'Macaroon of that node in hexadecimal, with read and write permissions for off-chain payments and invoices.',
      },
      {
        name: 'RAIL_LND_CERT',
        meaning:
          'The `tls.cert` of that node in PEM, with line breaks or `\\n`; not needed if a public CA signed it.',
      },
      {
        name: 'RAIL_NWC_URI',
        meaning:
          'Connection to a wallet that pays workers over Nostr Wallet Connect: `nostr+walletconnect://…`, as the wallet shows it.',
      },
      {
        name: 'RAIL_STRIKE_API_KEY',
        meaning: 'API key of a Strike account that pays workers from its bitcoin.',
      },
    ],
  },
  {
    title: 'Mail and sign-in',
    variables: [
      {
        name: 'INSTANCE_NAME',
        value: 'HumanRail',
        meaning: 'Name of this instance in e-mails and on sign-in pages.',
      },
      {
        name: 'SMTP_URL',
        meaning:
          'Mail server, such as `smtp://user:password@mail.example.com:587`. Without one, e-mails are kept and shown at `/mailbox`.',
      },
      {
        name: 'MAIL_FROM',
        meaning:
          'Sender, such as `HumanRail <rail@example.com>`; Default: `no-reply@` and the host of `PUBLIC_URL`.',
      },
      {
        name: 'MAILBOX',
        meaning:
          'Who can read kept e-mails: `open` (everyone who reaches the instance) or `operators`. By default only open if only this machine is served and there is no mail server.',
      },
      {
        name: 'GITHUB_ID',
        meaning: 'Client id of a GitHub OAuth app; required for sign-in with GitHub.',
      },
      { name: 'GITHUB_SECRET', meaning: 'Client secret of that app.' },
      {
        name: 'GOOGLE_ID',
        meaning: 'Client id of a Google OAuth client; required for sign-in with Google.',
      },
      { name: 'GOOGLE_SECRET', meaning: 'Client secret of that client.' },
    ],
  },
  {
    title: 'Watching',
    variables: [
      {
        name: 'METRICS_TOKEN',
        meaning:
          'Token of 16 or more characters for `/metrics` (`Authorization: Bearer …`). Without one, metrics are only available to this machine, and only if only this machine is served.',
      },
      {
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        meaning:
          'OpenTelemetry collector that accepts OTLP over HTTP, such as `http://localhost:4318`. Traces of requests, tasks and webhooks go to its `/v1/traces`; without one, nothing is traced.',
      },
      {
        name: 'OTEL_EXPORTER_OTLP_HEADERS',
        meaning:
          'Headers for the collector, such as `authorization=Bearer%20…`, separated by commas.',
      },
      {
        name: 'OTEL_SERVICE_NAME',
        value: 'humanrail',
        meaning: 'Service name in traces.',
      },
      {
        name: 'OTEL_TRACES_SAMPLER_ARG',
        value: '1',
        meaning:
          'Sampling rate of traces that start here, 0 to 1. For traces started by a caller, the caller decides.',
      },
      {
        name: 'LOG_LEVEL',
        value: 'info',
        meaning: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
      },
    ],
  },
];
