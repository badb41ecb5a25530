import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/packaged';
import { assemble } from './assemble';
import { npmPack, type PackedPackage } from './npm-pack';

/**
 * Assembles the package and packs it into `folder`.
 * @throws Error if the app is not built.
 */
export async function packDistribution(folder: string): Promise<PackedPackage> {
  const scratch = join(root, 'node_modules/.cache/humanrail/package/humanrail');
  await assemble(scratch);
  try {
    return await npmPack(scratch, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
