import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { packDistribution } from './distribution/pack';
import { root } from './launcher/packaged';

/** `npm run pack`: builds the package `humanrail` from the built app, as a tarball in `dist-packages`. */
async function main(): Promise<void> {
  const folder = join(root, 'dist-packages');
  mkdirSync(folder, { recursive: true });
  const { tarball, packedBytes, unpackedBytes, files } = await packDistribution(folder);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  console.log(
    `${tarball}: ${megabytes(packedBytes)}, unpacked ${megabytes(unpackedBytes)}, ${files.length} files`,
  );
}

await main();
