import type { Outcome } from './testing/outcome';
import { summary } from './testing/outcome';
import { SharedInstance } from './testing/shared-instance';
import { type Lane, SUITES, type Suite } from './testing/suites';
import { isOnPath } from './testing/toolchains';

const LANES: readonly Lane[] = ['main', 'clients', 'product'];

/** `npm test [part …]`: runs the suites and ends with `N passed, N failed`. */
async function main(asked: string[]): Promise<void> {
  const names = SUITES.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown) {
    console.error(`There is no part "${unknown}"; the parts are ${names.join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const wanted = SUITES.filter(({ name, onRequest }) =>
    asked.length === 0 ? !onRequest : asked.includes(name),
  );
  const isMissing = ({ toolchain }: Suite) => toolchain !== undefined && !isOnPath(toolchain);
  const suites = wanted.filter((suite) => !isMissing(suite));
  const leftOut = wanted
    .filter(isMissing)
    .map(({ title, toolchain }) => `${title} (${toolchain} is not on PATH)`);
  const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const shared = new SharedInstance();
  try {
    if (suites.some(({ needsProduct }) => needsProduct)) shared.build();
    const lanes = LANES.map((lane) =>
      runLane(
        suites.filter((suite) => (suite.lane ?? 'main') === lane),
        shared,
      ),
    );
    for (const { suite, outcome, line } of (await Promise.all(lanes)).flat()) {
      if (outcome.leftOut) {
        leftOut.push(`${suite.title} (${outcome.leftOut})`);
        continue;
      }
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      total.skipped += outcome.skipped;
      lines.push(line);
    }
  } finally {
    await shared.stop();
  }
  console.log(`\n${lines.join('\n')}`);
  if (leftOut.length > 0) console.log(`Left out: ${leftOut.join(', ')}.`);
  console.log(summary(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

async function runLane(suites: readonly Suite[], shared: SharedInstance) {
  const results = [];
  for (const suite of suites) results.push(await runSuite(suite, shared));
  return results;
}

async function runSuite(suite: Suite, shared: SharedInstance) {
  console.log(`\n── ${suite.title}${suite.lane ? ', beside the others' : ''} ──`);
  const since = performance.now();
  const outcome = await suite.run(shared).catch((error: Error): Outcome => {
    console.error(error.message);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const seconds = Math.round((performance.now() - since) / 1000);
  const sign = outcome.failed === 0 ? '✓' : '✗';
  return { suite, outcome, line: `${sign} ${suite.title}: ${summary(outcome)} (${seconds} s)` };
}

void main(process.argv.slice(2));
