/** An environment variable that whoever runs an instance may set. */
export interface EnvironmentVariable {
  name: string;
  /** What holds where it is not set; undefined where that depends, as `meaning` then says. */
  value?: string;
  /** Sentences, with names and values in backquotes. */
  meaning: string;
  /** An instance on several machines must set it. */
  scaling?: true;
  /** `compose.yaml` needs it in `.env`. */
  compose?: true;
}

interface Group {
  title: string;
  variables: EnvironmentVariable[];
}

/**
 * The one list of the variables: `.env.example` and the table of the documentation are made of it
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
        meaning:
          'Address that people and agents use, without a slash at the end; `http://localhost:$PORT` unless set.',
      },
      {
        name: 'ALLOWED_HOSTS',
        meaning:
          'Other hosts to answer for, such as `caddy` or `rail.internal.example`, separated by commas. Requests for a host that is neither here, nor that of `PUBLIC_URL`, nor loopback, get 421.',
      },
      {
        name: 'TRUSTED_PROXIES',
        meaning:
          'Proxies whose `X-Forwarded-*` headers count: addresses and ranges such as `10.0.0.0/8`, or `loopback`, separated by commas. Without it every request comes from the address that connects.',
      },
      {
        name: 'DATA_DIR',
        value: '.data',
        meaning: 'Folder of everything an instance keeps.',
      },
      {
        name: 'WEB_PROCESSES',
        meaning: 'Processes that serve the app, 1 to 64; one a core, at most 8, unless set.',
      },
      {
        name: 'APP_SECRET',
        scaling: true,
        compose: true,
        meaning:
          '32 or more characters, the same in every process. It encrypts the secrets of endpoints and rails and signs sessions and receipts. Generated once into `DATA_DIR` unless set.',
      },
    ],
  },
  {
    title: 'Database',
    variables: [
      {
        name: 'DATABASE_URL',
        scaling: true,
        meaning: 'PostgreSQL of your own; the embedded server unless set.',
      },
      {
        name: 'DATABASE_POOL_SIZE',
        value: '10',
        meaning: 'Connections that each process keeps at most, 1 to 200.',
      },
      {
        name: 'SEED_DEMO',
        meaning:
          'Demo organization on a new database: `1` or `0`. The embedded database gets it unless `0`, another one only with `1`.',
      },
      {
        name: 'POSTGRES_PASSWORD',
        compose: true,
        meaning: 'Password of the PostgreSQL in `compose.yaml`; nothing else reads it.',
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
          'Address of an Inngest server of your own; both keys below go with it. The embedded engine unless this or `INNGEST_DEV` is set.',
      },
      {
        name: 'INNGEST_EVENT_API_BASE_URL',
        meaning:
          'Address that events are sent to, where it is another one than `INNGEST_BASE_URL`: `https://inn.gs` of Inngest Cloud.',
      },
      {
        name: 'INNGEST_EVENT_KEY',
        scaling: true,
        compose: true,
        meaning:
          'Key that events are sent with: letters, digits, `-`, `_`, `.` and `~`. Generated into `DATA_DIR` for the embedded engine unless set.',
      },
      {
        name: 'INNGEST_SIGNING_KEY',
        scaling: true,
        compose: true,
        meaning:
          'Key that app and engine sign with: an even number of hexadecimal digits, 16 or more. Generated into `DATA_DIR` for the embedded engine unless set.',
      },
      {
        name: 'INNGEST_SERVE_ORIGIN',
        meaning:
          'Address at which the engine calls the app. Unless set: that of this machine for the embedded engine and a dev server, `PUBLIC_URL` for another one. Never taken from a request.',
      },
      {
        name: 'INNGEST_DEV',
        meaning:
          'Dev server of Inngest on this machine: `http://127.0.0.1:8288`. It signs nothing, so the app then takes unsigned job calls from this machine, and `HOST` cannot open it to the network. For trying things out.',
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
          'Webhooks to loopback and private addresses: `1` or `0`. Allowed by default only with the embedded database and while only this machine is served (`HOST` and `PUBLIC_URL` are loopback).',
      },
      {
        name: 'MEDIA_ALLOW_PRIVATE',
        meaning:
          'The same for media of payloads (images, PDFs, audio, video), with the same default.',
      },
      {
        name: 'RATE_LIMIT_PER_MINUTE',
        value: '6000',
        meaning: 'Requests a minute that one API key may make.',
      },
      {
        name: 'PLATFORM_FEE_BPS',
        value: '1000',
        meaning: 'Platform fee in basis points of what workers are paid, 0 to 10,000.',
      },
      {
        name: 'PLATFORM_FEE_MIN_SATS',
        value: '0',
        meaning:
          'Least platform fee of a task that pays somebody, in sats, 0 to 1,000,000. Where basis points come to less, this is taken.',
      },
      {
        name: 'SATS_PER_USD',
        value: '1000',
        meaning:
          'Sats for one US dollar, a whole number, for requests of the older clients that are priced in USD, while no price of a bitcoin is known (`/ops/settings`). BTC is exact.',
      },
    ],
  },
  {
    title: 'Rails',
    variables: [
      {
        name: 'RAIL_LNBITS_URL',
        meaning:
          'Address of an LNbits whose wallet pays workers, such as `https://lnbits.example.com`. Rails are set up at `/ops/payouts/rails` as well.',
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
          'Macaroon of that node in hexadecimal, which may read and write off-chain payments and invoices.',
      },
      {
        name: 'RAIL_LND_CERT',
        meaning:
          'The `tls.cert` of that node in PEM, with line breaks or `\\n` for them; unset where a public authority signed its certificate.',
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
        meaning: 'What this instance calls itself in e-mails and on its sign-in pages.',
      },
      {
        name: 'SMTP_URL',
        meaning:
          'Mail server, such as `smtp://user:password@mail.example.com:587`. Without one e-mails are kept and read at `/mailbox`.',
      },
      {
        name: 'MAIL_FROM',
        meaning:
          'Sender, such as `HumanRail <rail@example.com>`; `no-reply@` the host of `PUBLIC_URL` unless set.',
      },
      {
        name: 'MAILBOX',
        meaning:
          'Who reads kept e-mails: `open` (whoever reaches the instance) or `operators`. Open by default only where this machine alone is served and there is no mail server.',
      },
      {
        name: 'GITHUB_ID',
        meaning: 'Client id of a GitHub OAuth app; sign-in by GitHub is off unless set.',
      },
      { name: 'GITHUB_SECRET', meaning: 'Client secret of that app.' },
      {
        name: 'GOOGLE_ID',
        meaning: 'Client id of a Google OAuth client; sign-in by Google is off unless set.',
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
          'Token of 16 or more characters that `/metrics` asks for (`Authorization: Bearer …`). Without one it answers only this machine, and only while only this machine is served.',
      },
      {
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        meaning:
          'OpenTelemetry collector that takes OTLP over HTTP, such as `http://localhost:4318`. Traces of requests, tasks and webhooks go to its `/v1/traces`; without one, nothing is traced.',
      },
      {
        name: 'OTEL_EXPORTER_OTLP_HEADERS',
        meaning:
          'Headers for the collector, such as `authorization=Bearer%20…`, separated by commas.',
      },
      {
        name: 'OTEL_SERVICE_NAME',
        value: 'humanrail',
        meaning: 'What traces call this instance.',
      },
      {
        name: 'OTEL_TRACES_SAMPLER_ARG',
        value: '1',
        meaning:
          'Share of the traces that begin here to record, 0 to 1. Of a trace that a caller began, the caller decides.',
      },
      {
        name: 'LOG_LEVEL',
        value: 'info',
        meaning: '`fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent`.',
      },
    ],
  },
];
