import { startEngine } from '@/server/embedded/engine';
import { env } from '@/server/platform/env';

/**
 * Runs the embedded engine as a process of its own: `npm run engine -- --port 8288`. Several may
 * share one database. Stops at Ctrl-C after finishing what is in hand.
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
    throw new Error(`--${name} must be a number that is not negative, not "${text}".`);
  }
  return value;
}

async function main(): Promise<void> {
  const engine = await startEngine({
    databaseUrl: option('database-url') ?? env.DATABASE_URL,
    port: numberOption('port'),
    // A port that was named is in somebody's INNGEST_DEV: elsewhere the engine would not be found.
    exactPort: option('port') !== undefined,
    host: option('host'),
    schema: option('schema'),
    workers: numberOption('workers'),
    retryIntervalMs: numberOption('retry-interval-ms'),
    eventKey: env.INNGEST_EVENT_KEY,
    signingKey: env.INNGEST_SIGNING_KEY,
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
