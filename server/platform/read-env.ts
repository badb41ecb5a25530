import { z } from 'zod';

const flag = z
  .enum(['1', '0', 'true', 'false', ''])
  .default('')
  .transform((value) => value === '1' || value === 'true');

const url = z.url();

const OFF = new Set(['0', 'false']);
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

function isDevServer(text: string): boolean {
  if (['1', 'true', '0', 'false'].includes(text)) return true;
  return URL.canParse(text) && LOOPBACK.test(new URL(text).hostname);
}

/**
 * The variables that the product's processes read; see `environment-variables.ts` for their
 * meaning.
 */
const Variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** The database URL; set by the launcher for the embedded server. */
  DATABASE_URL: z.string().min(1).default('postgresql://humanrail@127.0.0.1:54329/humanrail'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
  PUBLIC_URL: url.default('http://localhost:3000').transform((value) => value.replace(/\/+$/, '')),
  APP_SECRET: z.string().min(32).default('insecure-development-secret-change-me!!'),
  INNGEST_DEV: z
    .string()
    .refine(isDevServer, 'must be 1, or the http:// address of a dev server on this machine')
    .optional(),
  /** The workflow engine; set by the launcher, with both keys, for the embedded one. */
  INNGEST_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  INNGEST_EVENT_KEY: z
    .string()
    .regex(/^[\w.~-]+$/, 'must be letters, digits, -, _, . or ~')
    .optional(),
  INNGEST_SIGNING_KEY: z
    .string()
    .regex(
      /^(signkey-\w+-)?([0-9a-f]{2}){8,}$/i,
      'must be an even number of hexadecimal digits, 16 or more, with or without signkey-…- before',
    )
    .optional(),
  INNGEST_SERVE_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOKS_ALLOW_PRIVATE: flag,
  MEDIA_ALLOW_PRIVATE: flag,
  PLATFORM_FEE_BPS: z.coerce.number().int().min(0).max(10_000).default(1_000),
  PLATFORM_FEE_MIN_SATS: z.coerce.number().int().min(0).max(1_000_000).default(0),
  SATS_PER_USD: z.coerce.number().int().min(1).default(1_000),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(6_000),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  OTEL_SERVICE_NAME: z.string().min(1).max(100).default('humanrail'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  RAIL_LNBITS_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAIL_LNBITS_ADMIN_KEY: z.string().min(1).optional(),
  RAIL_LND_URL: z.url({ protocol: /^https?$/ }).optional(),
  RAIL_LND_MACAROON: z
    .string()
    .regex(/^([0-9a-f]{2})+$/i, 'must be the macaroon in hexadecimal')
    .optional(),
  RAIL_LND_CERT: z
    .string()
    .includes('-----BEGIN CERTIFICATE-----', { error: 'must be a certificate in PEM' })
    .optional(),
  RAIL_NWC_URI: z
    .string()
    .startsWith('nostr+walletconnect:', 'must be nostr+walletconnect://…, as the wallet shows it')
    .optional(),
  RAIL_STRIKE_API_KEY: z.string().min(1).optional(),
  INSTANCE_NAME: z.string().min(1).max(60).default('HumanRail'),
  HOST: z.string().optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp:// or smtps://' }).optional(),
  MAIL_FROM: z.string().max(320).optional(),
  MAILBOX: z.enum(['open', 'operators']).optional(),
  GITHUB_ID: z.string().optional(),
  GITHUB_SECRET: z.string().optional(),
  GOOGLE_ID: z.string().optional(),
  GOOGLE_SECRET: z.string().optional(),
});

/** Constraints between variables. */
const Env = Variables.superRefine((env, context) => {
  const refuse = (name: keyof typeof env, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (env.INNGEST_BASE_URL !== undefined) {
    for (const name of ['INNGEST_EVENT_KEY', 'INNGEST_SIGNING_KEY'] as const) {
      if (env[name] === undefined) refuse(name, 'must be set together with INNGEST_BASE_URL');
    }
  }
  for (const [name, other] of [
    ['RAIL_LNBITS_URL', 'RAIL_LNBITS_ADMIN_KEY'],
    ['RAIL_LND_URL', 'RAIL_LND_MACAROON'],
  ] as const) {
    if (env[name] !== undefined && env[other] === undefined) refuse(other, `goes with ${name}`);
    if (env[name] === undefined && env[other] !== undefined) refuse(name, `goes with ${other}`);
  }
  if (env.INNGEST_DEV === undefined || OFF.has(env.INNGEST_DEV)) return;
  if (env.INNGEST_BASE_URL !== undefined) {
    refuse('INNGEST_DEV', 'must not be set together with INNGEST_BASE_URL');
  }
  if (env.HOST !== undefined && !LOOPBACK.test(env.HOST)) {
    refuse(
      'INNGEST_DEV',
      'makes the app take job calls without a signature, so HOST must be this machine alone: unset one of the two',
    );
  }
});
export type Env = z.infer<typeof Env>;

/**
 * Reads and checks the environment.
 * @throws Error that lists every invalid variable and what it should be.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = Env.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(
    (issue) =>
      `  ${issue.path.join('.')}: ${issue.message} (got ${shown(String(issue.path[0]), given)})`,
  );
  throw new Error(`The environment is invalid; fix these variables:\n${lines.join('\n')}`);
}

/** The given value for the message; secrets are redacted. */
function shown(name: string, given: Record<string, string | undefined>): string {
  const value = given[name];
  if (value === undefined) return 'nothing';
  return /SECRET|KEY|SMTP_URL|DATABASE_URL/.test(name)
    ? `${value.length} characters`
    : JSON.stringify(value);
}
