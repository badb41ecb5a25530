import { startEngine } from '@/server/embedded/engine';
import type { EngineKeys } from '@/server/platform/engine-signature';
import { env } from '@/server/platform/env';
import { prepareDataFolder } from './launcher/data-folder';
import { engineKeys } from './launcher/engine-keys';
import { dataFolder } from './launcher/settings';

/**
 * Runs the embedded engine as a separate process: `npm run engine -- --port 8288`. Several may
 * share one database. Its keys are INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY, or those of the data
 * folder; `--dev` runs without keys, on loopback only, like Inngest's dev server: for suites that
 * use the SDK's development mode, never for the product. Stops at Ctrl-C after finishing the jobs
 * in progress.
 */
function option(name: string): string | undefined {
  const place = process.argv.indexOf(`--${name}`);
  return place < 0 ? undefined : process.argv[place + 1];
}

function numberOption(name: string): number | undefined {
  const text = option(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) {
    throw new Error(`--${name} must be a non-negative number, not "${text}".`);
  }
  return value;
}

function ownKeys(): EngineKeys {
  const dataDir = dataFolder(process.env);
  if (!process.env.INNGEST_EVENT_KEY || !process.env.INNGEST_SIGNING_KEY)
    prepareDataFolder(dataDir);
  return engineKeys(dataDir, process.env);
}

async function main(): Promise<void> {
  // Keys of the launcher's data folder, so that an app of the same folder trusts this engine.
  const keys = process.argv.includes('--dev') ? undefined : ownKeys();
  const engine = await startEngine({
    databaseUrl: option('database-url') ?? env.DATABASE_URL,
    port: numberOption('port'),
    // An explicit port is in an app's INNGEST_BASE_URL: on another port the engine would not be
    // found.
    exactPort: option('port') !== undefined,
    host: option('host'),
    schema: option('schema'),
    workers: numberOption('workers'),
    retryIntervalMs: numberOption('retry-interval-ms'),
    keys,
  });
  console.log(`The engine is ready at ${engine.url}.`);

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    engine.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
