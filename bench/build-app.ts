import { execFileSync } from 'node:child_process';

/** Builds the app where it is stale, however long that takes, so that an instance starts at once. */
export function buildApp(): void {
  console.log('… building the app where it is stale');
  execFileSync(process.execPath, ['scripts/start.mjs', '--build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
