import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../launcher/settings';
import { blame, collect, type Outcome } from './outcome';

/** What the scripts end with where the machine has no Python, or no way to PyPI. */
const LEFT_OUT = 77;

/** Suites in Python: `sdks/<folder>/test.sh` installs what it needs and runs pytest. */
export type PythonSuite = 'python' | 'v0';

/** Runs a suite in Python, then shows what it printed; its report stays in `test-results`. */
export async function runPython(suite: PythonSuite, env: Record<string, string>): Promise<Outcome> {
  const report = join(root, `test-results/${suite}.xml`);
  mkdirSync(join(root, 'test-results'), { recursive: true });
  rmSync(report, { force: true });
  const script = join(root, `sdks/${suite}/test.sh`);
  const { code, output } = await collect('sh', [script, '-q', `--junitxml=${report}`], env);
  console.log(output);
  if (code === LEFT_OUT) {
    const reason = /^Left out: (.*)\.$/m.exec(output)?.[1] ?? 'it cannot run here';
    return { passed: 0, failed: 0, skipped: 0, leftOut: reason };
  }
  const xml = existsSync(report) ? readFileSync(report, 'utf8') : '';
  return blame(outcomeOf(xml), code ?? 1);
}

/** The counts of a report in JUnit's form; none where there is no report. */
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
