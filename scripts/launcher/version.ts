import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPackaged, root } from './packaged';

/** Version of the product: that of the checkout, or of the published package. */
export function version(): string {
  const file = join(root, isPackaged ? '../package.json' : 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
