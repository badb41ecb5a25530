import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPackaged, root } from './packaged';

/** The product's version: the checkout's, or the published package's. */
export function version(): string {
  const file = join(root, isPackaged ? '../package.json' : 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
