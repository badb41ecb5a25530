import { execFileSync } from 'node:child_process';

/** Builds the app if it is stale, without a timeout, so that an instance starts immediately. */
export function buildApp(): void {
  console.log('… building the app if it is stale');
  execFileSync(process.execPath, ['scripts/start.mjs', '--build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
