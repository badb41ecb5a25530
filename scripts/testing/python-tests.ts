import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/settings';
import { blame, collect, type Outcome } from './outcome';

/** Exit code of a `test.sh` if the machine has no Python, or no access to PyPI. */
const LEFT_OUT = 77;

/**
 * Runs a pytest suite with the `test.sh` in this folder of the project, then shows its output; its
 * report is kept in `test-results/NAME.xml`.
 */
export async function runPytest(
  name: string,
  folder: string,
  env: Record<string, string>,
): Promise<Outcome> {
  const report = join(root, `test-results/${name}.xml`);
  mkdirSync(join(root, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const script = join(root, folder, 'test.sh');
  const { code, output } = await collect('sh', [script, '-q', `--junitxml=${report}`], env);
  console.log(output);
  if (code === LEFT_OUT) {
    const reason = /^Left out: (.*)\.$/m.exec(output)?.[1] ?? 'it cannot run here';
    return { passed: 0, failed: 0, skipped: 0, leftOut: reason };
  }
  const xml = existsSync(report) ? readFileSync(report, 'utf8') : '';
  return blame(outcomeOf(xml), code);
}

/** The counts of a JUnit report; zero without a report. */
export function outcomeOf(xml: string): Outcome {
  const outcome = { passed: 0, failed: 0, skipped: 0 };
  for (const [suite] of xml.matchAll(/<testsuite [^>]*>/g)) {
    const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const failed = count('errors') + count('failures');
    outcome.failed += failed;
    outcome.skipped += count('skipped');
    outcome.passed += count('tests') - failed - count('skipped');
  }
  return outcome;
}
