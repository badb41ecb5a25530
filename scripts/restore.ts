import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fingerprint, type Manifest } from './backup/contents';
import { readBackup } from './backup/read-backup';
import { prepareDataFolder, writePrivate } from './launcher/data-folder';
import { withDatabase } from './launcher/database-access';
import { commandLine, home } from './launcher/packaged';
import { runScript } from './launcher/product-access';
import { readRuntime } from './launcher/runtime';
import { dataFolder, loadDotEnv } from './launcher/settings';

/** Restores a backup into an empty database, and its secrets into the data folder. */
async function main([file, ...more]: string[]): Promise<void> {
  if (!file || more.length > 0 || file.startsWith('-')) {
    throw new Error(`Usage: ${commandLine('restore')} FILE`);
  }
  const path = resolve(home, file);
  if (!existsSync(path)) throw new Error(`There is no file ${path}.`);
  loadDotEnv();
  const running = readRuntime(dataFolder(process.env));
  if (running) {
    throw new Error(
      `HumanRail runs from this data folder (process ${running.pid}); stop it, and restore into an empty one.`,
    );
  }
  await withDatabase(async ({ url, dataDir }) => {
    prepareDataFolder(dataDir);
    const { manifest, rows } = await readBackup(path, {
      databaseUrl: url,
      onManifest: (made, files) => restoreSecrets(dataDir, made, files),
    });
    const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
    console.log(`Restored ${count} rows of ${manifest.createdAt}, version ${manifest.version}.`);
    await checkLedger(url);
  });
  console.log(
    `Start it with ${commandLine('start')}, once the instance it came from has ended for good.`,
  );
}

/** @throws Error if the data is encrypted with a different secret than the current one. */
function restoreSecrets(
  dataDir: string,
  manifest: Manifest,
  files: ReadonlyMap<string, string>,
): void {
  const path = join(dataDir, 'secret');
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
  const secret = process.env.APP_SECRET || kept || files.get('secret')?.trim();
  if (!secret) {
    throw new Error(
      'The backed-up instance had its APP_SECRET from the environment; set the same one and restore again.',
    );
  }
  if (fingerprint(secret) !== manifest.secretFingerprint) {
    const where = process.env.APP_SECRET ? 'APP_SECRET' : path;
    throw new Error(
      `${where} is another secret than the one that this backup is encrypted under; set that one, or restore into an empty data folder.`,
    );
  }
  for (const [name, content] of files) writePrivate(join(dataDir, name), content);
}

async function checkLedger(url: string): Promise<void> {
  process.env.DATABASE_URL = url;
  process.env.LOG_LEVEL ||= 'error';
  const { reconcile } = await import('@/server/features/ledger');
  const { ok } = await reconcile();
  if (!ok) throw new Error('The ledger of this backup does not add up; see the ledger check.');
  console.log('Every posting sums to zero, and every balance equals its entries.');
}

runScript(() => main(process.argv.slice(2)));
