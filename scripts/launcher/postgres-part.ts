import { join } from 'node:path';
import { type RunningPostgres, startPostgres } from '@/server/embedded/postgres';
import { say, warn } from './progress';
import type { Settings } from './settings';

/** The supervised embedded Postgres; it keeps its port and address across restarts. */
export interface PostgresPart {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** Starts the embedded Postgres, and restarts it on the same port whenever it exits. */
export async function runPostgres(settings: Settings): Promise<PostgresPart> {
  const options = {
    dataDir: join(settings.dataDir, 'postgres'),
    logFile: join(settings.dataDir, 'log/postgres.log'),
    log: say,
  };
  let server: RunningPostgres = await startPostgres(options);
  const { url, port } = server;
  let restart: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (restart || server.alive()) return;
    warn('Postgres ended; starting it again.');
    restart = startPostgres({ ...options, port })
      .then((next) => {
        server = next;
        say('✓ Postgres is back.');
      })
      .catch((error: Error) => warn(error.message))
      .finally(() => {
        restart = undefined;
      });
  }, 500);
  return {
    url,
    port,
    async stop() {
      clearInterval(timer);
      await restart;
      await server.stop();
    },
  };
}
