import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '@/server/embedded/engine';
import { runSuite, type Verdict } from '@/server/embedded/engine/suite';
import { startPostgres } from '@/server/embedded/postgres';
import type { EngineKeys } from '@/server/platform/engine-signature';
import { newEngineKeys } from './launcher/engine-keys';

/**
 * Runs the engine's behaviour suite and compares each scenario with a real Inngest server's
 * recorded behaviour: `npm run engine:scenarios [-- <pattern>]`. Starts a temporary Postgres unless
 * DATABASE_URL is set. `ENGINE=http://…` tests another server, which must retry after one second
 * and whose keys are INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY (none: a development server); `CP=0`
 * runs without checkpointing.
 */
async function main(): Promise<{ passed: number; total: number }> {
  const pattern = process.argv[2];
  const filter = pattern ? new RegExp(pattern) : undefined;
  const undo: (() => Promise<unknown>)[] = [];
  try {
    const foreign = process.env.ENGINE;
    const keys = foreign ? givenKeys() : newEngineKeys();
    const engineUrl = foreign ?? (await startOwnEngine(keys, undo));
    const checkpointing = process.env.CP !== '0';
    console.log(
      `Running against ${engineUrl}, checkpointing ${checkpointing ? 'on' : 'off'}; this takes about 70 seconds.`,
    );
    const options = {
      engineUrl,
      checkpointing,
      keys,
    };
    const verdicts = await runSuite(options, filter, print);
    const passed = verdicts.filter((verdict) => verdict.differences.length === 0).length;
    return { passed, total: verdicts.length };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

/** The keys of another server; without them it is assumed to be a development server. */
function givenKeys(): EngineKeys | undefined {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = process.env;
  return eventKey && signingKey ? { eventKey, signingKey } : undefined;
}

async function startOwnEngine(
  keys: EngineKeys | undefined,
  undo: (() => Promise<unknown>)[],
): Promise<string> {
  let databaseUrl = process.env.DATABASE_URL;
  let schema = 'engine_scenarios';
  if (!databaseUrl) {
    const dataDir = await mkdtemp(join(tmpdir(), 'engine-scenarios-'));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const postgres = await startPostgres({ dataDir, durable: false });
    undo.push(() => postgres.stop());
    databaseUrl = postgres.url;
    schema = 'engine';
  }
  const engine = await startEngine({ databaseUrl, schema, port: 0, keys, retryIntervalMs: 1_000 });
  undo.push(() => engine.stop());
  return engine.url;
}

function print({ name, observed, differences, attempt }: Verdict): void {
  console.log(
    `${differences.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(38)} ${JSON.stringify(observed)}`,
  );
  if (attempt > 1)
    console.log('       rerun on its own, because it differed when run concurrently');
  for (const difference of differences) console.log(`       ${difference}`);
}

main().then(
  ({ passed, total }) => {
    console.log(`${passed} of ${total}`);
    process.exitCode = passed === total && total > 0 ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
