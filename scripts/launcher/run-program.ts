import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './packaged';

export interface ProgramResult {
  code: number;
  stdout: string;
  stderr: string;
  /** Both, interleaved as printed. */
  output: string;
}

export interface ProgramOptions {
  /** The checkout by default. */
  cwd?: string;
  /** Added to this process's environment. */
  env?: Record<string, string | undefined>;
  /** Whether to use a shell: by default on Windows, where npm is a script. */
  shell?: boolean;
}

/**
 * Runs a program to completion without showing its output.
 * @throws Error with a readable message if it cannot be started, for example because it is not
 * installed.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { cwd = root, env = {}, shell = process.platform === 'win32' }: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell,
  });
  const result = { stdout: '', stderr: '', output: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      result[name] += chunk.toString();
      result.output += chunk.toString();
    });
  }
  const failure = once(child, 'error').then(([error]) => {
    throw new Error(`${command} cannot be run (${(error as NodeJS.ErrnoException).code}).`);
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const code = (await Promise.race([ended, failure])) ?? 1;
  return { code, ...result };
}

/**
 * Same, for a program that must succeed; returns its output.
 * @throws Error with the end of the program's output if it fails.
 */
export async function expectProgram(
  command: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await runProgram(command, args, options);
  if (code === 0) return stdout;
  const words = `${stdout}\n${stderr}`.trim().split('\n').slice(-20).join('\n');
  throw new Error(`${command} ${args.join(' ')} failed:\n${words}`);
}
