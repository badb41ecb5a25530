import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { runProgram } from '../launcher/run-program';
import { root } from '../launcher/settings';

/** A suite's result. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** Why it was skipped as a whole; the counts are then 0. */
  leftOut?: string;
}

/** Runs a program of the project with its output in the terminal; returns its exit code. */
export async function run(
  command: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/**
 * Runs a program of the project without showing its output.
 * @throws Error with the full output if it fails.
 */
export async function runQuietly(
  command: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<void> {
  const { code, output } = await collect(command, args, env);
  if (code !== 0) throw new Error(output.trim());
}

/** Runs a program of the project and then shows its output; returns its exit code. */
export async function runThenShow(...call: Parameters<typeof collect>): Promise<number> {
  const { code, output } = await collect(...call);
  console.log(output);
  return code;
}

/** Runs a program of the project; returns its exit code and output. */
export function collect(
  command: string,
  args: string[],
  env: Record<string, string | undefined> = {},
): Promise<{ code: number; output: string }> {
  return runProgram(command, args, { env, shell: false });
}

/**
 * A suite whose runner failed without a failed test (a file that does not load, a broken set-up)
 * counts as one failure; so does one without any tests.
 */
export function blame(outcome: Outcome, code: number): Outcome {
  const silent = code !== 0 && outcome.failed === 0;
  const empty = outcome.passed + outcome.failed + outcome.skipped === 0;
  return silent || empty ? { ...outcome, failed: outcome.failed + 1 } : outcome;
}

/** The last line of a test run: `N passed, N failed`, and the number of skipped tests, if any. */
export function summary({ passed, failed, skipped }: Outcome): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
