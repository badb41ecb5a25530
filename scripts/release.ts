import { CHECKS, newRelease, PUBLISH, runSteps } from './release/run-release';

/**
 * `npm run release -- --dry-run` proves that every package can be published as committed; without
 * `--dry-run` it then publishes them. Non-interactive; stops at the first failure; a rerun skips
 * what is already published.
 */
async function main(args: string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== '--dry-run');
  if (unknown) {
    console.error(`Unknown option "${unknown}"; the only one is --dry-run.`);
    return 1;
  }
  const isDry = args.includes('--dry-run');
  const { release, dispose } = newRelease();
  try {
    const isDone = await runSteps(isDry ? CHECKS : [...CHECKS, ...PUBLISH], release);
    if (isDone) {
      console.log(
        isDry ? `${release.version} can be published.` : `${release.version} is published.`,
      );
    }
    return isDone ? 0 : 1;
  } finally {
    dispose();
  }
}

process.exit(await main(process.argv.slice(2)));
