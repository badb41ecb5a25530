import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeBackup } from './backup/write-backup';
import { appSecret } from './launcher/data-folder';
import { withDatabase } from './launcher/database-access';
import { commandLine, home } from './launcher/packaged';
import { runScript } from './launcher/product-access';
import { version } from './launcher/version';

/** Writes all data of an instance to one file; the instance may be in use. */
async function main([file, ...more]: string[]): Promise<void> {
  if (!file || more.length > 0 || file.startsWith('-')) {
    throw new Error(`Usage: ${commandLine('backup')} FILE, such as humanrail-2026-12-31.tar.gz`);
  }
  const path = resolve(home, file);
  const { rows } = await withDatabase(({ url, dataDir }) => {
    if (!process.env.APP_SECRET && !existsSync(join(dataDir, 'secret'))) {
      throw new Error(
        `Neither APP_SECRET nor ${join(dataDir, 'secret')} is there, under which the data is encrypted; set the one that the instance runs with.`,
      );
    }
    const secret = appSecret(dataDir, process.env);
    return writeBackup(path, { databaseUrl: url, dataDir, secret, version: version() });
  });
  const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
  const megabytes = (statSync(path).size / 1e6).toFixed(1);
  console.log(
    `Wrote ${path}: ${count} rows of ${Object.keys(rows).length} tables, ${megabytes} MB. It holds the instance's secrets: keep it as you keep those.`,
  );
}

runScript(() => main(process.argv.slice(2)));
