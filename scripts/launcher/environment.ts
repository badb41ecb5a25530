import { isLoopbackOnly } from '@/server/platform/exposure';
import { appSecret } from './data-folder';
import { engineKeys } from './engine-keys';
import type { Settings } from './settings';

/** Addresses that are known only once the infrastructure runs. */
export interface Addresses {
  databaseUrl: string;
  /** The embedded engine; undefined with an Inngest server of one's own. */
  engineUrl: string | undefined;
}

/** The environment of the product's processes: the launcher's own, with what it found out filled in. */
export function productEnvironment(
  settings: Settings,
  env: NodeJS.ProcessEnv,
  addresses: Addresses,
): NodeJS.ProcessEnv {
  const embedded = !settings.databaseUrl;
  // People who try the product have their receivers and files on this machine. On an instance that
  // others reach, the same would let them call what only this machine should.
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
    // A database of one's own is no place for demo accounts, unless asked for.
    SEED_DEMO: env.SEED_DEMO || (embedded ? '1' : '0'),
    WEBHOOKS_ALLOW_PRIVATE: env.WEBHOOKS_ALLOW_PRIVATE || privateTargets,
    MEDIA_ALLOW_PRIVATE: env.MEDIA_ALLOW_PRIVATE || privateTargets,
    ...(settings.externalEngine
      ? { INNGEST_SERVE_ORIGIN: serveOrigin(settings, env) }
      : embeddedEngine(settings, env, addresses.engineUrl)),
  };
}

/** Always signed, in both directions: the embedded engine has no development mode in the product. */
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

/** Where an engine of one's own finds the app: on this machine for a dev server, else in public. */
function serveOrigin(settings: Settings, env: NodeJS.ProcessEnv): string {
  return env.INNGEST_SERVE_ORIGIN || (env.INNGEST_DEV ? settings.localUrl : settings.publicUrl);
}
