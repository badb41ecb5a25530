import './node-version.mjs';
import { existsSync, readFileSync } from 'node:fs';

// A pull may have added packages that are not installed yet; the error for a missing one is less
// clear.
const folder = new URL('../', import.meta.url);
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
const missing = Object.keys(dependencies).filter(
  (name) => !existsSync(new URL(`node_modules/${name}/package.json`, folder)),
);
if (missing.length > 0) {
  console.error(
    `These packages are not installed: ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', …' : ''}. Run npm ci and start again.`,
  );
  process.exit(1);
}

const { register } = await import('tsx/esm/api');
register();
await import('./launcher/main.ts');
