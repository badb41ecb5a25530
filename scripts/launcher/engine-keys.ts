import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineKeys } from '@/server/platform/engine-signature';
import { readJson, writePrivate } from './data-folder';
import { StartError } from './failure';

/** New keys in Inngest's format. */
export function newEngineKeys(): EngineKeys {
  return {
    eventKey: randomBytes(24).toString('hex'),
    signingKey: `signkey-prod-${randomBytes(32).toString('hex')}`,
  };
}

/**
 * The keys shared by the app and the embedded engine of a data folder: `INNGEST_EVENT_KEY` and
 * `INNGEST_SIGNING_KEY` if set, else keys generated once into the folder.
 * @throws StartError if the file contains something else.
 */
export function engineKeys(dataDir: string, env: NodeJS.ProcessEnv): EngineKeys {
  const { INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey } = env;
  if (eventKey && signingKey) return { eventKey, signingKey };
  const path = join(dataDir, 'engine-keys.json');
  if (!existsSync(path)) writePrivate(path, JSON.stringify(newEngineKeys(), null, 2));
  const kept = readJson<Partial<EngineKeys>>(path);
  if (!kept?.eventKey || !kept.signingKey) {
    throw new StartError(
      `${path} does not contain valid keys; remove it, and new ones are created.`,
    );
  }
  return { eventKey: eventKey || kept.eventKey, signingKey: signingKey || kept.signingKey };
}
