import { isLoopbackOnly } from '@/server/platform/exposure';
import { appSecret } from './data-folder';
import { engineKeys } from './engine-keys';
import type { Settings } from './settings';

/** Addresses known only once the infrastructure runs. */
export interface Addresses {
  databaseUrl: string;
  /** The embedded engine; undefined with an external Inngest server. */
  engineUrl: string | undefined;
}

/** The environment of the product's processes: the launcher's own plus derived values. */
export function productEnvironment(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  addresses: Addresses,
): NodeJS.ProcessEnv {
  const embedded = !settings.databaseUrl;
  // Someone trying the product has receivers and files on this machine. On an instance reachable by
  // others, allowing private targets would let them call services that only this machine should.
  const privateTargets =
    embedded && isLoopbackOnly({ HOST: env.HOST, PUBLIC_URL: settings.publicUrl }) ? '1' : '0';
  return {
    ...env,
    NODE_ENV: settings.dev ? 'development' : 'production',
    DATA_DIR: settings.dataDir,
    DATABASE_URL: addresses.databaseUrl,
    APP_SECRET: appSecret(settings.dataDir, env),
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
    NEXTAUTH_URL: env.NEXTAUTH_URL || settings.publicUrl,
    NEXT_TELEMETRY_DISABLED: '1',
    // An external database gets no demo accounts, unless requested.
    SEED_DEMO: env.SEED_DEMO || (embedded ? '1' : '0'),
    WEBHOOKS_ALLOW_PRIVATE: env.WEBHOOKS_ALLOW_PRIVATE || privateTargets,
    MEDIA_ALLOW_PRIVATE: env.MEDIA_ALLOW_PRIVATE || privateTargets,
    ...(settings.externalEngine
      ? { INNGEST_SERVE_ORIGIN: serveOrigin(settings, env) }
      : embeddedEngine(settings, env, addresses.engineUrl)),
  };
}

/** Always signed, in both directions: in the product, the embedded engine has no development mode. */
function embeddedEngine(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  engineUrl: string | undefined,
): Record<string, string | undefined> {
  const { eventKey, signingKey } = engineKeys(settings.dataDir, env);
  return {
    INNGEST_DEV: '',
    INNGEST_BASE_URL: engineUrl,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_SERVE_ORIGIN: settings.localUrl,
  };
}

/** Where an external engine reaches the app: on this machine for a dev server, else at its public address. */
function serveOrigin(settings: Settings, env: NodeJS.ProcessEnv): string {
  return env.INNGEST_SERVE_ORIGIN || (env.INNGEST_DEV ? settings.localUrl : settings.publicUrl);
}
