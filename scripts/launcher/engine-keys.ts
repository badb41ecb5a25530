import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineKeys } from '@/server/platform/engine-signature';
import { readJson, writePrivate } from './data-folder';
import { StartError } from './failure';

/** New keys, as Inngest's look. */
export function newEngineKeys(): EngineKeys {
  return {
    eventKey: randomBytes(24).toString('hex'),
    signingKey: `signkey-prod-${randomBytes(32).toString('hex')}`,
  };
}

/**
 * What the app and the embedded engine of a data folder share: `INNGEST_EVENT_KEY` and
 * `INNGEST_SIGNING_KEY` when set, else keys generated once into the folder.
 * @throws StartError when the file holds something else.
 */
export function engineKeys(dataDir: string, env: NodeJS.ProcessEnv): EngineKeys {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = env;
  if (eventKey && signingKey) return { eventKey, signingKey };
  const path = join(dataDir, 'engine-keys.json');
  if (!existsSync(path)) writePrivate(path, JSON.stringify(newEngineKeys(), null, 2));
  const kept = readJson<Partial<EngineKeys>>(path);
  if (!kept?.eventKey || !kept.signingKey) {
    throw new StartError(`${path} is not readable as keys; remove it, and new ones are made.`);
  }
  return { eventKey: eventKey || kept.eventKey, signingKey: signingKey || kept.signingKey };
}
