import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { StartError } from './failure';
import { isPackaged, root } from './packaged';

/**
 * Updates the database client and the SDK's build if they are stale; npm may have skipped install
 * scripts. The published package contains both.
 * @throws StartError with the generator's own message.
 */
export function generateCode(): void {
  if (isPackaged) return;
  for (const script of ['generate-client.mjs', 'build-sdk.mjs']) {
    const result = spawnSync(process.execPath, [join(root, 'scripts', script)], {
      cwd: root,
      encoding: 'utf8',
    });
    if (result.status !== 0) throw new StartError(result.stderr.trim());
  }
}
