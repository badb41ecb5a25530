import { join } from 'node:path';
import { deploy } from '@/prisma/migrate';
import { type PostgresOptions, startPostgres } from '@/server/embedded/postgres';
import { appSecret, prepareDataFolder } from './data-folder';
import { generateCode } from './generated-code';
import { readRuntime } from './runtime';
import { dataFolder, loadDotEnv } from './settings';

/**
 * Lets a script call the product's use cases on the database of the instance: the running one's, the
 * one of `DATABASE_URL`, or the embedded one, started for the while. `work` imports product modules
 * itself, since they read the environment when they are loaded.
 */
export async function withProduct<T>(work: () => Promise<T>): Promise<T> {
  loadDotEnv();
  generateCode();
  const dataDir = dataFolder(process.env);
  const running = readRuntime(dataDir);
  const given = process.env.DATABASE_URL || running?.databaseUrl;
  const options: PostgresOptions = {
    dataDir: join(dataDir, 'postgres'),
    logFile: join(dataDir, 'log/postgres.log'),
  };
  if (!given) prepareDataFolder(dataDir);
  const server = given ? undefined : await startPostgres(options);
  process.env.DATABASE_URL = given ?? server?.url;
  process.env.APP_SECRET = appSecret(dataDir, process.env);
  process.env.LOG_LEVEL ||= 'error';
  try {
    if (server) await deploy(server.url);
    return await work();
  } finally {
    // Stopping the server drops the connections as well; a foreign one drops them at exit.
    await server?.stop();
  }
}

/** Runs a script's main function; its error becomes one line and exit code 1. */
export function runScript(main: () => Promise<void>): void {
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
}
