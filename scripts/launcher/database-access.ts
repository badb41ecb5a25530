import { join } from 'node:path';
import { connectTo } from '@/prisma/connect';
import { startPostgres } from '@/server/embedded/postgres';
import { prepareDataFolder } from './data-folder';
import { readRuntime } from './runtime';
import { dataFolder, loadDotEnv } from './settings';

/** An instance's database, and the folder of its secrets. */
export interface DatabaseAccess {
  url: string;
  dataDir: string;
  /** Whether it is the embedded one, started temporarily. */
  startedHere: boolean;
}

/**
 * Gives a script the instance's database: that of `DATABASE_URL`, the running instance's, or the
 * embedded one, started temporarily.
 * @throws Error with a readable message if the database does not respond.
 */
export async function withDatabase<T>(work: (access: DatabaseAccess) => Promise<T>): Promise<T> {
  loadDotEnv();
  const dataDir = dataFolder(process.env);
  const given = process.env.DATABASE_URL || readRuntime(dataDir)?.databaseUrl;
  if (given) {
    await (await connectTo(given)).end();
    return work({ url: given, dataDir, startedHere: false });
  }
  prepareDataFolder(dataDir);
  const server = await startPostgres({
    dataDir: join(dataDir, 'postgres'),
    logFile: join(dataDir, 'log/postgres.log'),
  });
  try {
    return await work({ url: server.url, dataDir, startedHere: true });
  } finally {
    // Stopping the server closes the connections as well; a remote one closes them at exit.
    await server.stop();
  }
}
