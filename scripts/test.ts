import type { Outcome } from './testing/outcome';
import { summary } from './testing/outcome';
import { SUITES } from './testing/suites';

/** Languages whose SDK is not part of this checkout yet; named so that nobody takes them for tested. */
const ABSENT_SDKS = 'the Python and Go SDKs (not in this checkout)';

/** `npm test [part …]`: runs the suites and ends with `N passed, N failed`. */
async function main(asked: string[]): Promise<void> {
  const names = SUITES.map(({ name }) => name);
  const unknown = asked.find((name) => !names.includes(name));
  if (unknown) {
    console.error(`There is no part "${unknown}"; the parts are ${names.join(', ')}.`);
    process.exitCode = 1;
    return;
  }
  const total: Outcome = { passed: 0, failed: 0, skipped: 0 };
  const leftOut = asked.length === 0 ? [ABSENT_SDKS] : [];
  const lines: string[] = [];
  for (const suite of SUITES.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
    const reason = suite.leftOut();
    if (reason) {
      leftOut.push(`${suite.title} (${reason})`);
      continue;
    }
    console.log(`\n── ${suite.title} ──`);
    const outcome = await suite.run().catch((error: Error): Outcome => {
      console.error(error.message);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    total.passed += outcome.passed;
    total.failed += outcome.failed;
    total.skipped += outcome.skipped;
    lines.push(`${outcome.failed === 0 ? '✓' : '✗'} ${suite.title}: ${summary(outcome)}`);
  }
  console.log(`\n${lines.join('\n')}`);
  if (leftOut.length > 0) console.log(`Left out: ${leftOut.join('; ')}.`);
  console.log(summary(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

void main(process.argv.slice(2));
