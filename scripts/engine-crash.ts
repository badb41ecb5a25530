import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crashTest } from '@/server/embedded/engine/suite/crash';
import { startPostgres } from '@/server/embedded/postgres';
import { newEngineKeys } from './launcher/engine-keys';

const KEYS = newEngineKeys();

/**
 * Kills engines with SIGKILL while they work, and checks that nothing is lost and no run ends
 * twice: `npm run engine:crash -- [runs] [kills] [engines]`. Its Postgres is durable, as in
 * production. `CP=0` runs without checkpointing.
 */
async function main(): Promise<boolean> {
  const [runs = 100, kills = 5, engines = 2] = process.argv.slice(2).map(Number);
  const dataDir = await mkdtemp(join(tmpdir(), 'engine-crash-'));
  const postgres = await startPostgres({ dataDir });
  try {
    const result = await crashTest({
      runs,
      kills,
      gapMs: 2_500,
      checkpointing: process.env.CP !== '0',
      keys: KEYS,
      engines: await Promise.all(
        Array.from({ length: engines }, async () => engineCommand(await freePort(), postgres.url)),
      ),
    });
    console.log(JSON.stringify(result));
    const sound = result.ended === runs && result.endedTwice === 0 && result.inconsistent === 0;
    console.log(
      sound
        ? `${runs} of ${runs} runs ended once, over ${kills} kills`
        : 'FAILED: runs were lost, ended twice, or saw different results of one step',
    );
    return sound;
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

function engineCommand(port: number, databaseUrl: string) {
  return {
    url: `http://127.0.0.1:${port}`,
    command: process.execPath,
    args: [
      '--import',
      'tsx',
      'scripts/engine.ts',
      '--port',
      String(port),
      '--retry-interval-ms',
      '1000',
    ],
    env: {
      DATABASE_URL: databaseUrl,
      LOG_LEVEL: 'silent',
      INNGEST_EVENT_KEY: KEYS.eventKey,
      INNGEST_SIGNING_KEY: KEYS.signingKey,
    },
  };
}

/** A free port; the engine must restart on the same one after each kill. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

main().then(
  (sound) => {
    process.exitCode = sound ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
