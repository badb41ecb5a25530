import {
  startTemporaryInstance,
  type TemporaryInstance,
} from '@/scripts/launcher/temporary-instance';
import { useDatabase } from '@/server/platform/db';
import { env } from '@/server/platform/env';
import { buildApp } from './build-app';

/**
 * Runs the work on a temporary instance of the current app; this process uses the instance's
 * database meanwhile.
 * @param environment of the instance, added to every measurement's.
 */
export async function withOwnInstance<T>(
  environment: Record<string, string>,
  work: (instance: TemporaryInstance) => Promise<T>,
): Promise<T> {
  buildApp();
  console.log('… starting an instance');
  const instance = await startTemporaryInstance({
    LOG_LEVEL: 'warn',
    // The instance must be able to decrypt what this process writes into the database.
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
