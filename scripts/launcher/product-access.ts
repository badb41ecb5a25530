import { deploy } from '@/prisma/migrate';
import { appSecret } from './data-folder';
import { withDatabase } from './database-access';
import { generateCode } from './generated-code';

/**
 * Lets a script call the product's use cases on the instance's database. `work` must import product
 * modules dynamically, because they read the environment when loaded.
 */
export async function withProduct<T>(work: () => Promise<T>): Promise<T> {
  generateCode();
  return withDatabase(async ({ url, dataDir, startedHere }) => {
    process.env.DATABASE_URL = url;
    process.env.APP_SECRET = appSecret(dataDir, process.env);
    process.env.LOG_LEVEL ||= 'error';
    if (startedHere) await deploy(url);
    return work();
  });
}

/** Runs a script's main function; an error is printed as one line with exit code 1. */
export function runScript(main: () => Promise<void>): void {
  main().then(
    () => process.exit(process.exitCode ?? 0),
    (error: Error) => {
      console.error(error.message || String(error));
      process.exit(1);
    },
  );
}
