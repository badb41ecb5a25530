import {
  startTemporaryInstance,
  type TemporaryInstance,
} from '@/scripts/launcher/temporary-instance';
import { useDatabase } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { buildApp } from './build-app';

/**
 * Does the work on an instance of the app as it is now, which goes away with it; this process is on the instance's
 * database meanwhile.
 * @param environment of the instance, besides what every measurement needs.
 */
export async function withOwnInstance<T>(
  environment: Record<string, string>,
  work: (instance: TemporaryInstance) => Promise<T>,
): Promise<T> {
  buildApp();
  console.log('… starting an instance');
  const instance = await startTemporaryInstance({
    LOG_LEVEL: 'warn',
    // What this process writes into the database, the instance must be able to read.
    APP_SECRET: env.APP_SECRET,
    ...environment,
  });
  try {
    const release = await useDatabase(instance.runtime.databaseUrl);
    try {
      return await work(instance);
    } finally {
      await release();
    }
  } finally {
    await instance.stop();
  }
}
