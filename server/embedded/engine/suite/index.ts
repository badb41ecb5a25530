import { readFileSync } from 'node:fs';
import { differences } from './compare';
import { Suite, type SuiteOptions } from './harness';
import { deliveryScenarios } from './scenarios-delivery';
import { flowScenarios } from './scenarios-flow';
import { parallelScenarios } from './scenarios-parallel';
import { retryScenarios } from './scenarios-retries';
import { waitingScenarios } from './scenarios-waiting';

/** One behaviour: the observation, and its differences from the real server. */
export interface Verdict {
  name: string;
  observed: unknown;
  differences: string[];
  /** 2 if the first observation differed. */
  attempt: number;
}

/** Observations of the real server, by scenario. */
export function readGolden(): Record<string, unknown> {
  const file = new URL('golden.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/**
 * Runs the behaviour suite against a server that retries after one second, and compares it with the
 * real one; takes about 70 s, because a cron must fire. All scenarios run concurrently, and many
 * measure time, so those that differ are rerun once, sequentially, and the second observation
 * counts. `report` is called with each final verdict.
 */
export async function runSuite(
  options: SuiteOptions,
  filter: RegExp | undefined,
  report: (verdict: Verdict) => void,
): Promise<Verdict[]> {
  const verdicts = await observe(options, (name) => !filter || filter.test(name));
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.differences.length > 0) {
      const [again] = await observe(options, (name) => name === verdict.name);
      if (again) verdicts[index] = { ...again, attempt: 2 };
    }
  }
  for (const verdict of verdicts) report(verdict);
  return verdicts;
}

async function observe(
  options: SuiteOptions,
  isWanted: (name: string) => boolean,
): Promise<Verdict[]> {
  const suite = new Suite(options);
  for (const define of [
    deliveryScenarios,
    retryScenarios,
    waitingScenarios,
    flowScenarios,
    parallelScenarios,
  ]) {
    define(suite);
  }
  await suite.start();
  try {
    const golden = readGolden();
    const observed = await suite.run(isWanted);
    return [...observed].map(([name, value]) => ({
      name,
      observed: value,
      differences: differences(name, golden[name], value),
      attempt: 1,
    }));
  } finally {
    await suite.stop();
  }
}
